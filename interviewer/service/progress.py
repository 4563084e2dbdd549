"""Progress and the review queue, reckoned afresh from what is stored."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import QuestionId
from interviewer.domain.comparison import Yardstick, yardstick
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


class Measured(NamedTuple):
    """How many answers have a score by one yardstick, and when the first and the last came."""

    yardstick: Yardstick
    answers: int
    first_at: datetime
    last_at: datetime


class Overview(NamedTuple):
    """Progress by one yardstick."""

    chosen: Yardstick | None
    """None before the first score, or where there is none such."""
    graders: tuple[Measured, ...]
    """Every yardstick that an answer was measured with, the one used last first."""
    answers: int
    days_in_a_row: int
    practised: int
    """Questions of the bank that were tried."""
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

    async def overview(self, owner: str, grader: str | None) -> Overview:
        """Return progress by one yardstick; without one, by that of the newest score.

        `grader` is the id of a yardstick, or a kind of grader for the one of it used last.
        """
        history = await self._history(owner)
        graders = _graders(history)
        chosen = next((each for each in graders if _is(each.yardstick, grader)), None)
        seen = Seen((), 0)
        if chosen is not None:
            seen = self._seen(history, lambda each: yardstick(each) == chosen.yardstick)
        days = (attempt.created_at.date() for attempt in history)
        bank = {question.id for question in self._bank}
        return Overview(
            chosen=None if chosen is None else chosen.yardstick,
            graders=graders,
            answers=len(history),
            days_in_a_row=days_in_a_row(days, self._clock.now().date()),
            practised=len(bank & {attempt.question_id for attempt in history}),
            questions=len(bank),
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
            seen = self._seen(history, lambda each, kind=kind: each.grader.kind is kind)
            sightings |= {each.attempt_id: each for each in seen.sightings}
        queue = (self._due(review, tries) for review in reviews(sightings.values()))
        return tuple(each for each in queue if each is not None)

    def _due(self, review: Review, tries: Counter[QuestionId]) -> Due | None:
        question = another_question(review, self._bank, tries)
        if question is None:
            return None
        left = (review.due_at - self._clock.now()) / timedelta(days=1)
        return Due(review, question, in_days=max(0, ceil(left)))

    def _seen(self, history: tuple[Attempt, ...], by: Callable[[Grading], bool]) -> Seen:
        """Return the newest such score of each answer, under today's wording."""
        today = {question.id: question for question in self._bank}
        found: list[Sighting] = []
        left_out = 0
        for attempt in history:
            grading = _newest_score(attempt, by)
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


def _newest_score(attempt: Attempt, by: Callable[[Grading], bool]) -> Grading | None:
    return next((g for g in attempt.gradings if g.status is Status.GRADED and by(g)), None)


def _is(found: Yardstick, wanted: str | None) -> bool:
    return wanted in {None, found.id, found.grader.kind}


def _graders(history: tuple[Attempt, ...]) -> tuple[Measured, ...]:
    """Return the yardsticks of all scores of a history that is newest first."""
    found: dict[str, Measured] = {}
    for attempt in history:
        scored = (yardstick(each) for each in attempt.gradings if each.status is Status.GRADED)
        for name, each in {each.id: each for each in scored}.items():
            known = found.get(name)
            at = attempt.created_at
            found[name] = Measured(
                each, 1 + (known.answers if known else 0), at, known.last_at if known else at
            )
    return tuple(
        sorted(found.values(), key=lambda each: (each.last_at, each.yardstick.id), reverse=True)
    )
