"""The real service in a thread, with a clock that can be moved and a grader as slow as wanted."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import FastAPI

from interviewer.api.app import create_app
from interviewer.bootstrap import question_bank
from interviewer.client import Client
from interviewer.clock import SystemClock
from interviewer.domain.base import CriterionId
from interviewer.domain.grading import CallShape, GraderIdentity, GraderKind, Grading, Usage
from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion, Misconception
from interviewer.domain.ruling import Assertion, Evidence, MisconceptionRuling, Ruling, Verdict
from interviewer.errors import AnswerRejected
from interviewer.grading.grader import Grader, Part, PartRulings, Publish
from interviewer.settings import Settings
from interviewer.store.database import Database
from tests.browser.servers import Service
from tests.staging import staged

MAX_CHARACTERS = 50_000


class MovedClock:
    """Runs with the machine's clock, and can be moved ahead of it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return SystemClock().now() + self.ahead


PHRASES = GraderIdentity(kind=GraderKind.OFFLINE, model="phrases", call_shape=None, votes=1)
A_MODEL = GraderIdentity(
    kind=GraderKind.LLM, model="phrases-large", call_shape=CallShape.DIMENSION, votes=1
)


class PhraseGrader:
    """Credits a criterion whose phrase stands in the answer, after a pause for each dimension."""

    prompt_digest = None
    settings: dict[str, str | int | float | bool | None] = {}  # noqa: RUF012 - the protocol's type

    def __init__(self) -> None:
        self.pause = 0.0
        self.identity = PHRASES

    def parts(self, question: Question) -> tuple[Part, ...]:
        return tuple(Part(key=f"dimension:{d.id}", dimensions=(d.id,)) for d in question.dimensions)

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        await asyncio.sleep(self.pause)
        dimensions = [d for d in question.dimensions if d.id in part.dimensions]
        return PartRulings(
            part=part.key,
            rulings=tuple(_ruling(c, answer) for d in dimensions for c in d.criteria),
            misconceptions=tuple(
                _claim(m, answer) for d in dimensions for m in question.misconceptions_of(d)
            ),
            usage=Usage(),
        )

    async def appeal(
        self, question: Question, answer: str, criterion_id: CriterionId, start: int, end: int
    ) -> PartRulings:
        """Grant every appeal that marks more than a word."""
        await asyncio.sleep(self.pause)
        if " " not in answer[start:end]:
            ruled = Ruling(
                criterion_id=criterion_id, verdict=Verdict.UNMET, reason="One word is not enough."
            )
        else:
            ruled = Ruling(
                criterion_id=criterion_id,
                verdict=Verdict.MET,
                evidence=(Evidence.cut(answer, start, end),),
                reason="The marked words say so.",
            )
        return PartRulings(part="appeal", rulings=(ruled,))


def _ruling(criterion: Criterion, answer: str) -> Ruling:
    for phrase in (each.strip("*") for signal in criterion.signals for each in signal.any):
        start = answer.lower().find(phrase.lower())
        if start >= 0:
            return Ruling(
                criterion_id=criterion.id,
                verdict=Verdict.MET,
                evidence=(Evidence.cut(answer, start, start + len(phrase)),),
                reason="Your words say so.",
            )
    return Ruling(criterion_id=criterion.id, verdict=Verdict.UNMET, reason="No evidence found.")


def _claim(misconception: Misconception, answer: str) -> MisconceptionRuling:
    for example in misconception.examples:
        start = answer.find(example)
        if start >= 0:
            return MisconceptionRuling(
                misconception_id=misconception.id,
                verdict=Assertion.ASSERTED,
                evidence=(Evidence.cut(answer, start, start + len(example)),),
            )
    return MisconceptionRuling(misconception_id=misconception.id, verdict=Assertion.NOT_ASSERTED)


class Stage:
    """The service, and what tests turn and look at."""

    def __init__(self, folder: Path, other: Grader | None = None) -> None:
        """Keep everything in the folder; `other` grades in place of the phrases."""
        self.clock = MovedClock()
        self.grader = PhraseGrader()
        self._other = other
        self.file = folder / "stage.sqlite3"
        self.service = Service(self.app)
        self.client = Client("http://127.0.0.1:1")
        """Talks to the service, once it runs."""

    @property
    def url(self) -> str:
        return self.service.url

    def app(self) -> FastAPI:
        """Return the real application over the real store."""
        services, _ = staged(
            question_bank(Settings.read({})),
            Database(f"sqlite:///{self.file}"),
            self.clock,
            self._other or self.grader,
            _check,
            ("127.0.0.1",),
        )
        return create_app(services)

    def tried(self, question_id: str, answer: str, days: float = 0) -> Grading:
        """Answer a question so many days from now, and leave the clock there."""
        self.clock.ahead = timedelta(days=days)
        return self.client.grade(question_id, answer, wait=30)

    def clear(self) -> None:
        """Forget what the last test did, grade at once again, and set the clock right."""
        self.grader.pause = 0.0
        self.grader.identity = PHRASES
        self.clock.ahead = timedelta()
        with closing(sqlite3.connect(self.file, timeout=10)) as connection, connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'interviewer_%'"
            ).fetchall()
            for (name,) in names:
                if name not in {"interviewer_version", "interviewer_rubrics"}:
                    connection.execute(f'DELETE FROM "{name}"')


def _check(answer: str) -> None:
    if len(answer) > MAX_CHARACTERS:
        raise AnswerRejected("The answer is too long.", too_large=True)
