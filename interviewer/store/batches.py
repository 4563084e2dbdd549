"""Batches: received row by row, handed to the engine piece by piece, read back in order."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.batch import Batch, BatchCounts, BatchStatus
from interviewer.domain.grading import Status
from interviewer.errors import KeyReused, NotFound
from interviewer.store.gradings import UNFINISHED
from interviewer.store.paging import Cursor
from interviewer.store.tables import BatchLineRow, BatchRow, GradingRow, Moment


class State(StrEnum):
    """What was last decided about a batch."""

    RECEIVING = "receiving"
    OPEN = "open"
    CANCELLED = "cancelled"


class Line(NamedTuple):
    """One row as it is received: an answer, or why it cannot be graded."""

    number: int
    line: int
    row_id: str | None
    question_id: str | None = None
    rubric_digest: str | None = None
    answer: str | None = None
    failure: str | None = None


class BatchesPage(NamedTuple):
    """Batches, newest first, and where the next page starts."""

    items: tuple[Batch, ...]
    next: str | None


def begin(
    session: AsyncSession, owner: str, batch_id: str, grader: str, created_at: datetime
) -> None:
    """Write a batch that is being received; nobody sees it before `close`."""
    session.add(
        BatchRow(
            id=batch_id,
            owner=owner,
            created_at=created_at,
            grader=grader,
            state=State.RECEIVING,
            key=None,
            digest=None,
        )
    )


async def receive(session: AsyncSession, batch_id: str, lines: Sequence[Line]) -> None:
    """Add rows to a batch that is being received."""
    if lines:
        values = [{"batch_id": batch_id, **line._asdict()} for line in lines]
        await session.execute(insert(BatchLineRow), values)


async def close(
    session: AsyncSession,
    batch_id: str,
    *,
    total: int,
    failed: int,
    key: str | None,
    digest: str,
) -> None:
    """Let a batch that was received be seen and worked on."""
    await session.execute(
        update(BatchRow)
        .where(BatchRow.id == batch_id)
        .values(state=State.OPEN, total=total, failed=failed, key=key, digest=digest)
    )


async def first(session: AsyncSession, owner: str, key: str, digest: str) -> str | None:
    """Return the id of the batch that came first under a key; None when the key is new.

    Raises: KeyReused when it came with other rows.
    """
    row = await session.scalar(select(BatchRow).where(BatchRow.owner == owner, BatchRow.key == key))
    if row is None:
        return None
    if row.digest != digest:
        raise KeyReused(
            f"The Idempotency-Key {key!r} was sent before with other rows; send a new key for a "
            "new batch."
        )
    return row.id


async def drop(session: AsyncSession, batch_id: str) -> None:
    """Delete a batch that was not received to its end."""
    await session.execute(delete(BatchRow).where(BatchRow.id == batch_id))


async def drop_torn(session: AsyncSession, before: datetime) -> None:
    """Delete the batches whose upload began before a moment and never ended."""
    await session.execute(
        delete(BatchRow).where(BatchRow.state == State.RECEIVING, BatchRow.created_at < before)
    )


async def find(session: AsyncSession, owner: str, batch_id: str) -> Batch:
    """Return one's own batch as it stands. Raises: NotFound."""
    row = await _find_row(session, owner, batch_id)
    return (await _with_counts(session, [row]))[0]


async def _find_row(session: AsyncSession, owner: str, batch_id: str) -> BatchRow:
    row = await session.get(BatchRow, batch_id)
    if row is None or row.owner != owner or row.state == State.RECEIVING:
        raise NotFound(f"There is no batch {batch_id!r}; `GET /v1/batches` lists those there are.")
    return row


async def page(
    session: AsyncSession, owner: str, *, limit: int, cursor: Cursor | None
) -> BatchesPage:
    """Return one page of a caller's batches, newest first."""
    query = (
        select(BatchRow)
        .where(BatchRow.owner == owner, BatchRow.state != State.RECEIVING)
        .order_by(BatchRow.created_at.desc(), BatchRow.id.desc())
        .limit(limit + 1)
    )
    if cursor is not None:
        last = tuple_(literal(cursor.moment, Moment), literal(cursor.id))
        query = query.where(tuple_(BatchRow.created_at, BatchRow.id) < last)
    rows = (await session.scalars(query)).all()
    kept = rows[:limit]
    following = Cursor(kept[-1].created_at, kept[-1].id).encode() if len(rows) > limit else None
    return BatchesPage(await _with_counts(session, kept), following)


async def unfinished(session: AsyncSession, batch_id: str, limit: int) -> Sequence[GradingRow]:
    """Return gradings of a batch that are queued or running."""
    found = await session.scalars(
        select(GradingRow)
        .where(GradingRow.batch_id == batch_id, GradingRow.status.in_(UNFINISHED))
        .limit(limit)
    )
    return found.all()


async def cancel(session: AsyncSession, batch_id: str) -> None:
    """Let no more of a batch's rows be handed to the engine."""
    await session.execute(
        update(BatchRow).where(BatchRow.id == batch_id).values(state=State.CANCELLED)
    )


async def _with_counts(session: AsyncSession, rows: Sequence[BatchRow]) -> tuple[Batch, ...]:
    found = await session.execute(
        select(GradingRow.batch_id, GradingRow.status, func.count())
        .where(_one_of(rows))
        .group_by(GradingRow.batch_id, GradingRow.status)
    )
    counted = {(batch_id, status): count for batch_id, status, count in found}
    return tuple(
        _batch(row, {status: counted.get((row.id, status), 0) for status in Status}) for row in rows
    )


def _one_of(rows: Sequence[BatchRow]) -> ColumnElement[bool]:
    return GradingRow.batch_id.in_([row.id for row in rows])


def _batch(row: BatchRow, by_status: dict[Status, int]) -> Batch:
    waiting = row.total - row.failed - sum(by_status.values())
    cancelled = row.state == State.CANCELLED
    counts = BatchCounts(
        total=row.total,
        queued=by_status[Status.QUEUED] + (0 if cancelled else waiting),
        running=by_status[Status.RUNNING],
        graded=by_status[Status.GRADED],
        partial=by_status[Status.PARTIAL],
        ungraded=by_status[Status.UNGRADED],
        failed=row.failed,
        cancelled=by_status[Status.CANCELLED] + (waiting if cancelled else 0),
    )
    return Batch(
        id=row.id,
        status="cancelled" if cancelled else _status(counts),
        created_at=row.created_at,
        counts=counts,
    )


def _status(counts: BatchCounts) -> BatchStatus:
    if not counts.unfinished:
        return "done"
    untouched = counts.queued + counts.failed == counts.total
    return "queued" if untouched else "running"
