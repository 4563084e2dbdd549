"""Questions as they were graded with, by digest: what a grading can be recomputed from."""

from functools import lru_cache

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
    return _read(written)


@lru_cache(maxsize=128)
def _read(written: str) -> Question:
    """Return the same object for the same words: what is known of a question is kept by it.

    Each part of a grading asks for its question; a new one each time would be screened, numbered
    and sent to a model as if nobody had seen the answer before.
    """
    return Question.model_validate_json(written)
