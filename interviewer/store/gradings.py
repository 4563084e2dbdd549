"""Gradings and their events: queued, running, ended; an ended one never changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.base import Model
from interviewer.domain.grading import Grading, Status
from interviewer.errors import NotFound
from interviewer.store.tables import EventRow, GradingRow

UNFINISHED = (Status.QUEUED, Status.RUNNING)
DONE = "done"


class StoredEvent(NamedTuple):
    """One event; `body` is the JSON that is sent."""

    id: int
    kind: str
    body: str


class Appeal(Model):
    """What a candidate wants one criterion ruled on again for."""

    grading_id: str
    criterion_id: str
    start: int
    end: int
    note: str
    """Kept as it was sent; no grader is shown it, for only the answer earns credit."""


def add(
    session: AsyncSession,
    owner: str,
    grading: Grading,
    appeal: Appeal | None = None,
    batch_id: str | None = None,
) -> None:
    """Write a grading that is queued."""
    session.add(
        GradingRow(
            id=grading.id,
            attempt_id=grading.attempt_id,
            owner=owner,
            status=grading.status,
            grader=grading.grader.kind,
            rubric_digest=grading.provenance.rubric_digest,
            percent=None,
            cost_usd=None,
            created_at=grading.created_at,
            ended_at=None,
            appeal=None if appeal is None else appeal.model_dump_json(),
            batch_id=batch_id,
            body=grading.model_dump_json(),
        )
    )


async def find_row(session: AsyncSession, owner: str, grading_id: str) -> GradingRow:
    """Return the row of one's own grading. Raises: NotFound."""
    row = await session.get(GradingRow, grading_id)
    if row is None or row.owner != owner:
        raise NotFound(
            f"There is no grading {grading_id!r}; `GET /v1/attempts` lists those there are."
        )
    return row


async def find(session: AsyncSession, owner: str, grading_id: str) -> Grading:
    """Return one's own grading as it stands. Raises: NotFound."""
    return Grading.model_validate_json((await find_row(session, owner, grading_id)).body)


async def unfinished(session: AsyncSession, owner: str) -> int:
    """Return how many gradings of a candidate have not ended; those of batches do not count."""
    count = await session.scalar(
        select(func.count()).where(
            GradingRow.owner == owner,
            GradingRow.status.in_(UNFINISHED),
            GradingRow.batch_id.is_(None),
        )
    )
    return count or 0


async def begin(session: AsyncSession, grading_id: str) -> GradingRow | None:
    """Mark a grading as running and return it; None when it has ended, or is gone."""
    # Each change below starts with a conditional update: it takes the lock and tells who was first.
    row = await session.scalar(
        update(GradingRow)
        .where(GradingRow.id == grading_id, GradingRow.status.in_(UNFINISHED))
        .values(status=Status.RUNNING)
        .returning(GradingRow)
    )
    if row is not None:
        grading = Grading.model_validate_json(row.body)
        row.body = grading.model_copy(update={"status": Status.RUNNING}).model_dump_json()
    return row


async def announce(
    session: AsyncSession, grading_id: str, kind: str, subject: str, body: str
) -> bool:
    """Add an event unless the last one on its subject says the same; return whether it was added.

    A part that is done again after a crash may find something else: then both events stand, and
    the later one counts.
    """
    last = await session.scalar(
        select(EventRow.body)
        .where(
            EventRow.grading_id == grading_id, EventRow.kind == kind, EventRow.subject == subject
        )
        .order_by(EventRow.id.desc())
        .limit(1)
    )
    if last == body:
        return False
    number = await session.scalar(
        update(GradingRow)
        .where(GradingRow.id == grading_id, GradingRow.status.in_(UNFINISHED))
        .values(events=GradingRow.events + 1)
        .returning(GradingRow.events)
    )
    if number is None:
        return False
    session.add(EventRow(grading_id=grading_id, id=number, kind=kind, subject=subject, body=body))
    return True


async def end(session: AsyncSession, grading: Grading, ended_at: datetime) -> bool:
    """Write the end of a grading and its last events; return False when it had ended before."""
    assert grading.status.is_final, f"{grading.status} is not an end"
    body = grading.model_dump_json()
    last_events = [
        *(("misconception", each.id, each.model_dump_json()) for each in grading.misconceptions),
        (DONE, "", body),
    ]
    number = await session.scalar(
        update(GradingRow)
        .where(GradingRow.id == grading.id, GradingRow.status.in_(UNFINISHED))
        .values(
            status=grading.status,
            percent=None if grading.score is None else grading.score.percent,
            cost_usd=grading.usage.cost_usd,
            ended_at=ended_at,
            body=body,
            events=GradingRow.events + len(last_events),
        )
        .returning(GradingRow.events)
    )
    if number is None:
        return False
    first = number - len(last_events) + 1
    session.add_all(
        EventRow(grading_id=grading.id, id=number, kind=kind, subject=subject, body=event)
        for number, (kind, subject, event) in enumerate(last_events, start=first)
    )
    return True


async def events_after(
    session: AsyncSession, grading_id: str, last_id: int
) -> Sequence[StoredEvent]:
    """Return the events after `last_id`, in order."""
    rows = await session.scalars(
        select(EventRow)
        .where(EventRow.grading_id == grading_id, EventRow.id > last_id)
        .order_by(EventRow.id)
    )
    return [StoredEvent(row.id, row.kind, row.body) for row in rows]


async def spent_since(session: AsyncSession, moment: datetime) -> float:
    """Return what all gradings that ended since a moment have cost, in US dollars."""
    spent = await session.scalar(
        select(func.sum(GradingRow.cost_usd)).where(GradingRow.ended_at >= moment)
    )
    return spent or 0.0
