"""The choices of warm-up runs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.base import QuestionId
from interviewer.domain.warm_up import Choice
from interviewer.store.tables import WarmUpRow
from interviewer.store.writing import insert_once


async def choose(
    session: AsyncSession, owner: str, seed: str, choice: Choice, now: datetime
) -> Choice:
    """Keep a choice and return the one that counts: the first of this run."""
    await insert_once(
        session,
        WarmUpRow,
        {"owner": owner, "seed": seed, "chosen_at": now, **dict(choice)},
    )
    return (await of_run(session, owner, seed))[choice.question_id]


async def of_run(session: AsyncSession, owner: str, seed: str) -> dict[QuestionId, Choice]:
    """Return what was chosen in one run."""
    rows = await session.scalars(
        select(WarmUpRow).where(WarmUpRow.owner == owner, WarmUpRow.seed == seed)
    )
    return {
        QuestionId(row.question_id): Choice(
            question_id=QuestionId(row.question_id), chosen=row.chosen, best=row.best
        )
        for row in rows
    }


async def history(session: AsyncSession, owner: str) -> Sequence[bool]:
    """Return whether each choice ever made was the best one, oldest first."""
    found = await session.scalars(
        select(WarmUpRow.best)
        .where(WarmUpRow.owner == owner)
        .order_by(WarmUpRow.chosen_at, WarmUpRow.question_id)
    )
    return found.all()
