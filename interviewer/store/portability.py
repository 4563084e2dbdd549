"""All of one candidate's rows: taken out, or deleted."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.base import GradingId
from interviewer.store.tables import (
    AttemptRow,
    Base,
    BatchLineRow,
    DraftRow,
    GradingRow,
    KeyRow,
    RubricRow,
)


class Deleted(NamedTuple):
    """How many rows were deleted."""

    attempts: int
    gradings: int
    drafts: int


async def grading_ids(session: AsyncSession, owner: str) -> Sequence[GradingId]:
    """Return the ids of all gradings of a candidate."""
    found = await session.scalars(select(GradingRow.id).where(GradingRow.owner == owner))
    return [GradingId(grading_id) for grading_id in found]


async def delete_all(session: AsyncSession, owner: str) -> Deleted:
    """Delete everything that is a candidate's, and the sent-along questions nobody else needs."""
    deleted = Deleted(
        attempts=await _count(session, AttemptRow, owner),
        gradings=await _count(session, GradingRow, owner),
        drafts=await _count(session, DraftRow, owner),
    )
    # Whatever has an owner, but not the keys; in an order that keeps references whole, and events
    # go with their gradings.
    for table in reversed(Base.metadata.sorted_tables):
        if "owner" in table.columns and table.name != KeyRow.__tablename__:
            await session.execute(delete(table).where(table.columns["owner"] == owner))
    await session.execute(
        delete(RubricRow).where(
            RubricRow.digest.not_in(select(AttemptRow.rubric_digest)),
            RubricRow.digest.not_in(select(GradingRow.rubric_digest)),
            RubricRow.digest.not_in(
                select(BatchLineRow.rubric_digest).where(BatchLineRow.rubric_digest.is_not(None))
            ),
        )
    )
    return deleted


async def _count(
    session: AsyncSession, row: type[AttemptRow | GradingRow | DraftRow], owner: str
) -> int:
    count = await session.scalar(select(func.count()).select_from(row).where(row.owner == owner))
    return count or 0
