"""The durable engine on SQLite: in this process, and killed in another."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from interviewer.clock import SystemClock
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import AttemptId, GradingId
from interviewer.domain.grading import Grading, Status
from interviewer.engine.bulletin import Bulletin
from interviewer.engine.casualties import Casualties
from interviewer.engine.durable import DurableJobs
from interviewer.engine.jobs import Concurrency, Job, Lane
from interviewer.engine.replay import ReplayMixUp, check_replay
from interviewer.engine.work import GradingWork
from interviewer.grading.grader import PartRulings
from interviewer.grading.recipe import Header, pending
from interviewer.store import attempts, gradings, rubrics
from interviewer.store.database import Database
from interviewer.store.upgrading import upgrade
from tests.domain.questions import SMALL
from tests.fakes import FixedGraders, ScriptedGrader

ANSWER = "I would put a cache in front of the store, and keep a backup in another region."


class Engine:
    def __init__(self, folder: Path, grader: ScriptedGrader | None = None) -> None:
        self.grader = grader or ScriptedGrader({"cache": "a cache"})
        self.database = Database(f"sqlite:///{folder / 'test.sqlite3'}")
        self.bulletin = Bulletin()
        graders = FixedGraders(self.grader)
        work = GradingWork(self.database, graders, SystemClock(), self.bulletin)
        self.casualties = Casualties(self.database, work)
        lanes = Concurrency(4, 4)
        self.jobs = DurableJobs(self.database, work, self.casualties, "test", lanes)

    async def submit(self, name: str, lane: Lane = Lane.INTERACTIVE) -> None:
        clock = SystemClock()
        header = Header(
            id=GradingId(name), attempt_id=AttemptId(f"a-{name}"), created_at=clock.now()
        )
        grading = pending(self.grader, SMALL, header, Status.QUEUED)
        attempt = Attempt(
            id=header.attempt_id,
            question_id=SMALL.id,
            answer=ANSWER,
            created_at=header.created_at,
            seconds=None,
            revises=None,
            study_mode=False,
            gradings=(),
        )
        async with self.database.begin() as session:
            await rubrics.keep(session, SMALL)
            attempts.add(session, "me", attempt, SMALL.digest)
            gradings.add(session, "me", grading)
            await session.flush()
            await self.jobs.submit(session, Job(grading_id=grading.id, lane=lane))
            if name == "rolled-back":
                raise RuntimeError(name)

    async def ended(self, name: str) -> Grading:
        async with asyncio.timeout(20):
            while True:
                async with self.database.begin() as session:
                    grading = await gradings.find(session, "me", name)
                if grading.status.is_final:
                    return grading
                await self.bulletin.wait(GradingId(name), 0.2)


@asynccontextmanager
async def running(folder: Path, grader: ScriptedGrader | None = None) -> AsyncGenerator[Engine]:
    engine = Engine(folder, grader)
    await upgrade(engine.database)
    await engine.jobs.start()
    try:
        yield engine
    finally:
        await engine.jobs.stop(0)
        await engine.database.close()


@pytest.mark.anyio
async def test_a_submitted_grading_is_done_one_step_for_each_part(tmp_path: Path) -> None:
    async with running(tmp_path) as engine:
        await engine.submit("g")
        grading = await engine.ended("g")
        assert grading.status is Status.GRADED
        assert {part for _, part in engine.grader.asked} == {
            "dimension:storage",
            "dimension:safety",
        }
        assert len(engine.grader.asked) == 2


@pytest.mark.anyio
async def test_a_rolled_back_submission_leaves_neither_attempt_nor_job(tmp_path: Path) -> None:
    async with running(tmp_path) as engine:
        with pytest.raises(RuntimeError):
            await engine.submit("rolled-back")
        await engine.submit("g")
        await engine.ended("g")
        async with engine.database.begin() as session:
            page = await attempts.page(session, "me", limit=10)
        assert [attempt.id for attempt in page.items] == ["a-g"]
        assert len(engine.grader.asked) == 2


def test_a_result_in_anothers_place_is_noticed() -> None:
    written = PartRulings(part="dimension:b", rulings=()).model_dump_json()
    with pytest.raises(ReplayMixUp, match="'dimension:a' holds the result of 'dimension:b'"):
        check_replay(["dimension:a"], [written])
