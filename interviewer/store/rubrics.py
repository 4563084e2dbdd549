"""Questions as they were graded with, by digest: what a grading can be recomputed from."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.question import Question
from interviewer.store.tables import RubricRow
from interviewer.store.writing import insert_once


async def keep(session: AsyncSession, question: Question) -> None:
    """Keep the question under its digest, if it is not kept yet."""
    digest = question.digest
    known = await session.scalar(select(RubricRow.digest).where(RubricRow.digest == digest))
    if known is None:
        values = {"digest": digest, "question": question.model_dump_json()}
        await insert_once(session, RubricRow, values)


async def find(session: AsyncSession, digest: str) -> Question:
    """Return the question of a digest that some grading names."""
    written = await session.scalar(select(RubricRow.question).where(RubricRow.digest == digest))
    assert written is not None, f"no rubric is kept under {digest}"
    return Question.model_validate_json(written)
