"""The rows of batches: handed to the engine piece by piece, read back in order."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.grading import Status
from interviewer.store.batches import State
from interviewer.store.gradings import UNFINISHED
from interviewer.store.tables import BatchLineRow, BatchRow, GradingRow


class Result(NamedTuple):
    """One row as it is read back; without a status it was not handed to the engine."""

    number: int
    line: int
    row_id: str | None
    failure: str | None
    status: Status | None
    grading: str | None

    @property
    def has_ended(self) -> bool:
        return self.failure is not None or (self.status is not None and self.status.is_final)


async def results(session: AsyncSession, batch_id: str, after: int, limit: int) -> Sequence[Result]:
    """Return the rows after a number, in order, each as far as it is."""
    found = await session.execute(
        select(
            BatchLineRow.number,
            BatchLineRow.line,
            BatchLineRow.row_id,
            BatchLineRow.failure,
            GradingRow.status,
            GradingRow.body,
        )
        .outerjoin(GradingRow, GradingRow.id == BatchLineRow.grading_id)
        .where(BatchLineRow.batch_id == batch_id, BatchLineRow.number > after)
        .order_by(BatchLineRow.number)
        .limit(limit)
    )
    return [
        Result(number, line, row_id, failure, Status(status) if status else None, body)
        for number, line, row_id, failure, status, body in found
    ]


async def advance(session: AsyncSession, batch: BatchRow, rows: int) -> bool:
    """Take the next rows of a batch as one's own to hand over; False when another was first."""
    fed = await session.scalar(
        update(BatchRow)
        .where(BatchRow.id == batch.id, BatchRow.state == State.OPEN, BatchRow.fed == batch.fed)
        .values(fed=batch.fed + rows)
        .returning(BatchRow.fed)
    )
    return fed is not None


async def hungriest(session: AsyncSession) -> tuple[BatchRow, int] | None:
    """Return the batch to be fed next, and how many gradings its owner has under way.

    It is the oldest of whoever has the fewest under way: nobody's ten thousand rows keep
    another's one from its turn.
    """
    load = (
        select(func.count())
        .where(
            GradingRow.owner == BatchRow.owner,
            GradingRow.status.in_(UNFINISHED),
            GradingRow.batch_id.is_not(None),
        )
        .correlate(BatchRow)
        .scalar_subquery()
    )
    found = await session.execute(
        select(BatchRow, load)
        .where(BatchRow.state == State.OPEN, BatchRow.fed < BatchRow.total)
        .order_by(load, BatchRow.created_at, BatchRow.id)
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else (row[0], row[1])


async def next_lines(
    session: AsyncSession, batch_id: str, after: int, limit: int
) -> Sequence[BatchLineRow]:
    """Return the rows after a number that have not been handed to the engine."""
    found = await session.scalars(
        select(BatchLineRow)
        .where(BatchLineRow.batch_id == batch_id, BatchLineRow.number > after)
        .order_by(BatchLineRow.number)
        .limit(limit)
    )
    return found.all()


async def queued(session: AsyncSession) -> int:
    """Return how many gradings of batches are handed to the engine and wait there."""
    count = await session.scalar(
        select(func.count()).where(
            GradingRow.status == Status.QUEUED, GradingRow.batch_id.is_not(None)
        )
    )
    return count or 0
