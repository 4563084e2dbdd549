"""Fakes that implement our protocols and record what they were asked."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from interviewer.domain.base import CriterionId, GradingId, MisconceptionId
from interviewer.domain.grading import CallShape, GraderIdentity, GraderKind, Usage
from interviewer.domain.question import Question
from interviewer.domain.ruling import (
    Assertion,
    Evidence,
    MisconceptionRuling,
    Ruling,
    Verdict,
)
from interviewer.engine.jobs import Job
from interviewer.engine.work import GradingWork
from interviewer.grading.grader import Grader, Part, PartRulings, Publish
from interviewer.store.database import Database


class FrozenClock:
    """Stands still until it is told to move."""

    def __init__(self, moment: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **steps: float) -> None:
        self.moment += timedelta(**steps)


class ScriptedGrader:
    """Finds what the script says: criterion id -> the words that meet it, or a verdict."""

    def __init__(
        self,
        found: Mapping[str, str | Verdict],
        asserted: Mapping[str, str] | None = None,
        *,
        silent: frozenset[str] = frozenset(),
    ) -> None:
        self._found = found
        self._asserted = asserted or {}
        self._silent = silent
        self.asked: list[tuple[str, str]] = []

    identity = GraderIdentity(
        kind=GraderKind.LLM, model="scripted", call_shape=CallShape.DIMENSION, votes=1
    )
    prompt_digest = "0123456789abcdef"

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        return {"script": len(self._found)}

    def parts(self, question: Question) -> tuple[Part, ...]:
        return tuple(Part(key=f"dimension:{d.id}", dimensions=(d.id,)) for d in question.dimensions)

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        self.asked.append((question.id, part.key))
        dimensions = [d for d in question.dimensions if d.id in part.dimensions]
        return PartRulings(
            part=part.key,
            rulings=tuple(
                self._ruling(answer, c.id)
                for d in dimensions
                for c in d.criteria
                if c.id not in self._silent
            ),
            misconceptions=tuple(
                self._assertion(answer, m.id)
                for d in dimensions
                for m in question.misconceptions_of(d)
                if m.id not in self._silent
            ),
            usage=Usage(calls=1, input_tokens=100, output_tokens=10, cost_usd=0.001),
        )

    async def appeal(
        self, question: Question, answer: str, criterion_id: CriterionId, start: int, end: int
    ) -> PartRulings:
        self.asked.append((question.id, f"appeal:{criterion_id}"))
        ruling = Ruling(
            criterion_id=criterion_id,
            verdict=Verdict.MET,
            evidence=(Evidence.cut(answer, start, end),),
            reason="Granted.",
        )
        return PartRulings(part="appeal", rulings=(ruling,), usage=Usage(calls=1))

    def _ruling(self, answer: str, criterion_id: CriterionId) -> Ruling:
        said = self._found.get(criterion_id, Verdict.UNMET)
        if isinstance(said, Verdict):
            return Ruling(criterion_id=criterion_id, verdict=said, reason="Scripted.")
        return Ruling(
            criterion_id=criterion_id,
            verdict=Verdict.MET,
            evidence=(_evidence(answer, said),),
            reason="Scripted.",
        )

    def _assertion(self, answer: str, misconception_id: MisconceptionId) -> MisconceptionRuling:
        words = self._asserted.get(misconception_id)
        return MisconceptionRuling(
            misconception_id=misconception_id,
            verdict=Assertion.ASSERTED if words else Assertion.NOT_ASSERTED,
            evidence=(_evidence(answer, words),) if words else (),
        )


def _evidence(answer: str, words: str) -> Evidence:
    start = answer.find(words)
    if start < 0:
        return Evidence(quote=words, start=0, end=len(words))
    return Evidence.cut(answer, start, start + len(words))


class FixedGraders:
    """Hands out one grader for every kind."""

    def __init__(self, grader: Grader) -> None:
        self.grader = grader
        self.closed = False

    @property
    def default(self) -> GraderKind:
        return self.grader.identity.kind

    async def of(self, kind: GraderKind) -> Grader:
        return self.grader

    async def close(self) -> None:
        self.closed = True


class MemoryJobs:
    """Runs gradings as plain tasks, after the transaction that submitted them."""

    def __init__(self, work: GradingWork, database: Database) -> None:
        self._work = work
        self._database = database
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.running = False
        self.held = False
        """Whether submitted jobs are left queued."""
        self.submitted: list[Job] = []
        self.forgotten: list[str] = []

    async def migrate(self) -> None:
        pass

    async def release(self) -> None:
        pass

    async def start(self) -> None:
        self.running = True

    async def stop(self, grace: float) -> None:
        self.running = False
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def submit(self, session: AsyncSession, job: Job) -> None:
        def run(_: Session) -> None:
            self.submitted.append(job)
            if not self.held:
                self._tasks[job.grading_id] = asyncio.create_task(self._run(job.grading_id))

        event.listen(session.sync_session, "after_commit", run, once=True)

    async def cancel(self, grading_ids: Sequence[GradingId]) -> None:
        for grading_id in grading_ids:
            if grading_id in self._tasks:
                self._tasks[grading_id].cancel()

    async def forget(self, grading_ids: Sequence[GradingId]) -> None:
        self.forgotten += grading_ids

    async def stranded(self) -> int:
        return 0

    async def _run(self, grading_id: GradingId) -> None:
        plan = await self._work.prepare(grading_id)
        if plan.screening is None:
            return
        parts = [await self._work.rule(grading_id, key, plan.screening) for key in plan.parts]
        async with self._database.begin() as session:
            await self._work.finish(session, grading_id, plan.screening, parts)
        self._work.ring(grading_id)
