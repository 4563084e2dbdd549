"""Progress and the review queue, reckoned afresh from what is stored."""

from collections import Counter
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import QuestionId
from interviewer.domain.grading import GraderKind, Grading, Status
from interviewer.domain.progress import (
    HeatCell,
    Review,
    Sighting,
    Trend,
    another_question,
    days_in_a_row,
    heatmap,
    reviews,
    sighting,
    trends,
)
from interviewer.domain.question import Question
from interviewer.store import attempts
from interviewer.store.database import Database
from interviewer.store.paging import Cursor

NEWEST = 500
"""Answers that are looked at, newest first: years of practice, and half a second to read."""

PAGE = 100


class Overview(NamedTuple):
    """Progress under one grader."""

    grader: GraderKind | None
    """None before the first score."""
    graders: dict[GraderKind, int]
    """How many answers have a score of each grader."""
    answers: int
    days_in_a_row: int
    practised: int
    questions: int
    cost_usd: float
    left_out: int
    """Answers graded against an older wording of their question."""
    trends: tuple[Trend, ...]
    heatmap: tuple[HeatCell, ...]


class Due(NamedTuple):
    """Something to review, with the question that brings it back."""

    review: Review
    question: Question
    in_days: int
    """Days until it is due, begun ones counted; 0 when it is."""


class Seen(NamedTuple):
    """What can be reckoned with, and how many answers cannot."""

    sightings: tuple[Sighting, ...]
    left_out: int


class Progress:
    """Reads a candidate's history and keeps nothing of its own."""

    def __init__(self, bank: QuestionBank, database: Database, clock: Clock) -> None:
        self._bank = bank
        self._database = database
        self._clock = clock

    async def overview(self, owner: str, grader: GraderKind | None) -> Overview:
        """Return progress under a grader; without one, under that of the newest score."""
        history = await self._history(owner)
        counts = _graders(history)
        chosen = grader or next(iter(counts), None)
        seen = Seen((), 0) if chosen is None else self._seen(history, chosen)
        days = (attempt.created_at.date() for attempt in history)
        return Overview(
            grader=chosen,
            graders=counts,
            answers=len(history),
            days_in_a_row=days_in_a_row(days, self._clock.now().date()),
            practised=len({attempt.question_id for attempt in history}),
            questions=len(self._bank),
            cost_usd=sum(each.usage.cost_usd or 0 for a in history for each in a.gradings),
            left_out=seen.left_out,
            trends=trends(seen.sightings),
            heatmap=heatmap(seen.sightings),
        )

    async def review_queue(self, owner: str) -> tuple[Due, ...]:
        """Return what to review, the earliest first, each with a question that tests it."""
        history = await self._history(owner)
        tries = Counter(attempt.question_id for attempt in history)
        sightings: dict[str, Sighting] = {}
        for kind in (GraderKind.OFFLINE, GraderKind.LLM):
            # Where both have graded an answer, the LLM's verdicts decide what comes back.
            sightings |= {each.attempt_id: each for each in self._seen(history, kind).sightings}
        queue = (self._due(review, tries) for review in reviews(sightings.values()))
        return tuple(each for each in queue if each is not None)

    def _due(self, review: Review, tries: Counter[QuestionId]) -> Due | None:
        question = another_question(review, self._bank, tries)
        if question is None:
            return None
        left = (review.due_at - self._clock.now()) / timedelta(days=1)
        return Due(review, question, in_days=max(0, ceil(left)))

    def _seen(self, history: tuple[Attempt, ...], kind: GraderKind) -> Seen:
        """Return the newest score that the grader gave each answer, under today's wording."""
        today = {question.id: question for question in self._bank}
        found: list[Sighting] = []
        left_out = 0
        for attempt in history:
            grading = _score_by(attempt, kind)
            question = today.get(attempt.question_id)
            if grading is None or question is None:
                continue
            if grading.provenance.rubric_digest == question.digest:
                found.append(sighting(attempt.id, attempt.created_at, grading, question))
            else:
                left_out += 1
        return Seen(tuple(found), left_out)

    async def _history(self, owner: str) -> tuple[Attempt, ...]:
        found: list[Attempt] = []
        cursor: Cursor | None = None
        async with self._database.begin() as session:
            while len(found) < NEWEST:
                page = await attempts.page(session, owner, limit=PAGE, cursor=cursor)
                found += page.items
                if page.next is None:
                    break
                cursor = Cursor.decode(page.next)
        return tuple(found)


def _score_by(attempt: Attempt, kind: GraderKind) -> Grading | None:
    return next(
        (
            each
            for each in attempt.gradings
            if each.status is Status.GRADED and each.grader.kind is kind
        ),
        None,
    )


def _graders(history: tuple[Attempt, ...]) -> dict[GraderKind, int]:
    """Return how many answers each grader has scored, the one used last first."""
    counts: dict[GraderKind, int] = {}
    latest: dict[GraderKind, datetime] = {}
    for attempt in history:
        for kind in GraderKind:
            if _score_by(attempt, kind) is not None:
                counts[kind] = counts.get(kind, 0) + 1
                latest.setdefault(kind, attempt.created_at)
    return {kind: counts[kind] for kind in sorted(counts, key=lambda k: latest[k], reverse=True)}
