"""Submits answers, starts processes that grade them, and kills some; then counts."""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from interviewer.clock import SystemClock
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import AttemptId, GradingId
from interviewer.domain.grading import Grading, Status
from interviewer.engine.jobs import Job
from interviewer.grading.recipe import Header, pending
from interviewer.store import attempts, gradings, rubrics
from interviewer.store.upgrading import upgrade
from tests.engine.tracing import PARTS, SIX, answer_of
from tests.engine.worker import Workshop

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
OWNER = "me"


class Count(NamedTuple):
    """What is left of it all."""

    graded: int
    foreign: int
    """Verdicts that rest on another answer's or another part's words."""
    calls: int
    needed: int


class Killing:
    """One run; `url` is the database, `folder` takes the trace of calls."""

    def __init__(
        self,
        url: str,
        folder: Path,
        answers: int,
        seconds: float,
        limits: tuple[float, float] | None = None,
    ) -> None:
        self._url = url
        self._trace = folder / "calls.txt"
        self._trace.touch()
        self._answers = answers
        self._seconds = seconds
        self._limits = limits
        self._shop = Workshop(url, self._trace, seconds)

    async def submit(self) -> None:
        await upgrade(self._shop.database)
        await self._shop.jobs.migrate()
        for number in range(self._answers):
            await self.submit_one(number, OWNER, priority=number)

    async def submit_one(self, number: int, owner: str, priority: int) -> None:
        header = Header(
            id=GradingId(f"g{number}"),
            attempt_id=AttemptId(f"a{number}"),
            created_at=SystemClock().now(),
        )
        grading = pending(self._shop.grader, SIX, header, Status.QUEUED)
        attempt = Attempt(
            id=header.attempt_id,
            question_id=SIX.id,
            answer=answer_of(number),
            created_at=header.created_at,
            seconds=None,
            revises=None,
            study_mode=False,
            gradings=(),
        )
        async with self._shop.database.begin() as session:
            await rubrics.keep(session, SIX)
            attempts.add(session, owner, attempt, SIX.digest)
            gradings.add(session, owner, grading)
            await session.flush()
            await self._shop.jobs.submit(session, Job(grading_id=header.id, priority=priority))

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.engine.worker", self._url, str(self._trace)]
        arguments = [self._seconds, *(self._limits or ())]
        return subprocess.Popen([*command, *map(str, arguments)], cwd=ROOT)

    async def until_calls(self, calls: int) -> None:
        await self._until(lambda: self.calls() >= calls)

    async def until_done(self, owner: str = OWNER) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while await self._unfinished(owner):
            assert time.monotonic() < deadline, "the gradings did not end in time"
            await asyncio.sleep(0.1)

    def calls(self) -> int:
        return len(self.times())

    def times(self) -> list[float]:
        """Return when each call was made, earliest first, in seconds since 1970."""
        lines = self._trace.read_text(encoding="utf-8").splitlines()
        return sorted(float(line.partition(" ")[2]) for line in lines)

    async def count(self) -> Count:
        graded = foreign = 0
        for number in range(self._answers):
            async with self._shop.database.begin() as session:
                grading = await gradings.find(session, OWNER, f"g{number}")
            graded += grading.status is Status.GRADED
            foreign += Counter(_quotes(grading)) != Counter(
                f"copy{number}of{part}" for part in PARTS
            )
        return Count(graded, foreign, self.calls(), self._answers * len(PARTS))

    async def close(self) -> None:
        await self._shop.jobs.release()
        await self._shop.database.close()

    async def _until(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            assert time.monotonic() < deadline, "it did not happen in time"
            await asyncio.sleep(0.05)

    async def _unfinished(self, owner: str) -> int:
        async with self._shop.database.begin() as session:
            return await gradings.unfinished(session, owner)


def _quotes(grading: Grading) -> list[str]:
    return [
        evidence.quote
        for dimension in grading.dimensions
        for criterion in dimension.criteria
        for evidence in criterion.evidence
    ]
