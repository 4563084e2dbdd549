"""Attempts with their gradings: written once, read in pages."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.attempt import Attempt
from interviewer.domain.base import AttemptId, QuestionId
from interviewer.domain.grading import GraderKind, Grading, Status
from interviewer.errors import NotFound
from interviewer.store.paging import Cursor
from interviewer.store.tables import AttemptRow, GradingRow, Moment


class AttemptsPage(NamedTuple):
    """Attempts, newest first, and where the next page starts."""

    items: tuple[Attempt, ...]
    next: str | None


class Practised(NamedTuple):
    """What a candidate has done on one question."""

    attempts: int
    best: float | None
    """Percent; of the LLM grader's gradings if there are any, else of the offline grader's."""
    grader: GraderKind | None


def add(
    session: AsyncSession,
    owner: str,
    attempt: Attempt,
    rubric_digest: str,
    batch_id: str | None = None,
) -> None:
    """Write an attempt; its gradings are written on their own."""
    session.add(
        AttemptRow(
            id=attempt.id,
            owner=owner,
            question_id=attempt.question_id,
            rubric_digest=rubric_digest,
            answer=attempt.answer,
            created_at=attempt.created_at,
            seconds=attempt.seconds,
            revises=attempt.revises,
            study_mode=attempt.study_mode,
            batch_id=batch_id,
        )
    )


async def find_row(session: AsyncSession, owner: str, attempt_id: str) -> AttemptRow:
    """Return the row of one's own attempt. Raises: NotFound."""
    row = await session.get(AttemptRow, attempt_id)
    if row is None or row.owner != owner:
        raise NotFound(
            f"There is no attempt {attempt_id!r}; `GET /v1/attempts` lists those there are."
        )
    return row


async def find(session: AsyncSession, owner: str, attempt_id: str) -> Attempt:
    """Return one's own attempt with its gradings. Raises: NotFound."""
    row = await find_row(session, owner, attempt_id)
    return (await _with_gradings(session, [row]))[0]


async def page(
    session: AsyncSession,
    owner: str,
    *,
    limit: int,
    cursor: Cursor | None = None,
    question_id: str | None = None,
) -> AttemptsPage:
    """Return one page of a candidate's history, newest first."""
    query = (
        select(AttemptRow)
        .where(AttemptRow.owner == owner, AttemptRow.batch_id.is_(None))
        .order_by(AttemptRow.created_at.desc(), AttemptRow.id.desc())
        .limit(limit + 1)
    )
    if question_id is not None:
        query = query.where(AttemptRow.question_id == question_id)
    if cursor is not None:
        last = tuple_(literal(cursor.moment, Moment), literal(cursor.id))
        query = query.where(tuple_(AttemptRow.created_at, AttemptRow.id) < last)
    rows = (await session.scalars(query)).all()
    kept = rows[:limit]
    following = Cursor(kept[-1].created_at, kept[-1].id).encode() if len(rows) > limit else None
    return AttemptsPage(await _with_gradings(session, kept), following)


async def practised(session: AsyncSession, owner: str) -> dict[QuestionId, Practised]:
    """Return how often each question was attempted, and the best grading of it."""
    counts = await session.execute(
        select(AttemptRow.question_id, func.count())
        .where(AttemptRow.owner == owner, AttemptRow.batch_id.is_(None))
        .group_by(AttemptRow.question_id)
    )
    best = await session.execute(
        select(AttemptRow.question_id, GradingRow.grader, func.max(GradingRow.percent))
        .join(GradingRow, GradingRow.attempt_id == AttemptRow.id)
        .where(
            AttemptRow.owner == owner,
            AttemptRow.batch_id.is_(None),
            GradingRow.status == Status.GRADED,
        )
        .group_by(AttemptRow.question_id, GradingRow.grader)
    )
    scores: dict[str, dict[str, float | None]] = defaultdict(dict)
    for question_id, grader, percent in best:
        scores[question_id][grader] = percent
    return {
        QuestionId(question_id): _practised(count, scores[question_id])
        for question_id, count in counts
    }


def _practised(count: int, scores: dict[str, float | None]) -> Practised:
    for kind in (GraderKind.LLM, GraderKind.OFFLINE):
        if kind in scores:
            return Practised(count, scores[kind], kind)
    return Practised(count, None, None)


async def _with_gradings(session: AsyncSession, rows: Sequence[AttemptRow]) -> tuple[Attempt, ...]:
    gradings: dict[str, list[Grading]] = defaultdict(list)
    found = await session.execute(
        select(GradingRow.attempt_id, GradingRow.body)
        .where(GradingRow.attempt_id.in_([row.id for row in rows]))
        .order_by(GradingRow.created_at.desc(), GradingRow.id)
    )
    for attempt_id, body in found:
        gradings[attempt_id].append(Grading.model_validate_json(body))
    return tuple(
        Attempt(
            id=AttemptId(row.id),
            question_id=QuestionId(row.question_id),
            answer=row.answer,
            created_at=row.created_at,
            seconds=row.seconds,
            revises=None if row.revises is None else AttemptId(row.revises),
            study_mode=row.study_mode,
            gradings=tuple(gradings[row.id]),
        )
        for row in rows
    )
