"""What a candidate has typed, unlocked and agreed to."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.base import Model
from interviewer.errors import NotFound
from interviewer.store.tables import ConsentRow, DraftRow, StudyRow
from interviewer.store.writing import insert_once, insert_or_update


class Draft(Model):
    """What stands in the editor."""

    answer: str
    seconds: float
    typed_at: datetime


async def find_draft(session: AsyncSession, owner: str, question_id: str) -> Draft:
    """Return the draft of a question. Raises: NotFound."""
    row = await session.get(DraftRow, (owner, question_id))
    if row is None:
        raise NotFound(f"There is no draft for question {question_id!r}; nothing was typed yet.")
    return Draft(answer=row.answer, seconds=row.seconds, typed_at=row.typed_at)


async def save_draft(session: AsyncSession, owner: str, question_id: str, draft: Draft) -> Draft:
    """Keep the draft that was typed last, this one or the one that is there, and return it."""
    row = await session.get(DraftRow, (owner, question_id), with_for_update=True)
    if row is not None and row.typed_at > draft.typed_at:
        return Draft(answer=row.answer, seconds=row.seconds, typed_at=row.typed_at)
    await insert_or_update(
        session,
        DraftRow,
        ("owner", "question_id"),
        {"owner": owner, "question_id": question_id, **dict(draft)},
    )
    return draft


async def drop_draft(session: AsyncSession, owner: str, question_id: str, answer: str) -> None:
    """Forget the draft that became this answer; what was typed beyond it stays."""
    await session.execute(
        delete(DraftRow).where(
            DraftRow.owner == owner,
            DraftRow.question_id == question_id,
            DraftRow.answer == answer,
        )
    )


async def study(session: AsyncSession, owner: str, question_id: str, now: datetime) -> None:
    """Unlock a question's solution; the first time counts."""
    await insert_once(session, StudyRow, {"owner": owner, "question_id": question_id, "since": now})


async def studies(session: AsyncSession, owner: str, question_id: str) -> bool:
    """Return whether the solution was unlocked without an attempt."""
    return await session.get(StudyRow, (owner, question_id)) is not None


async def consent(
    session: AsyncSession, owner: str, server: str, model: str, now: datetime
) -> None:
    """Record that answers may go to this model on this server."""
    await insert_once(
        session,
        ConsentRow,
        {"owner": owner, "server": server, "model": model, "given_at": now},
    )


async def consented(session: AsyncSession, owner: str, server: str, model: str) -> bool:
    """Return whether answers may go to this model on this server."""
    row = await session.scalar(
        select(ConsentRow).where(
            ConsentRow.owner == owner, ConsentRow.server == server, ConsentRow.model == model
        )
    )
    return row is not None
