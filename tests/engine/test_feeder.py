"""Rows of batches are handed to the engine a few ahead of the work, in turns between owners."""

from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from interviewer.clock import SystemClock
from interviewer.domain.grading import GraderKind
from interviewer.engine.bulletin import Bulletin
from interviewer.engine.feeder import AHEAD, Feeder
from interviewer.engine.jobs import Lane
from interviewer.engine.work import GradingWork
from interviewer.store import batches, rubrics
from interviewer.store.batches import Line
from interviewer.store.database import Database
from interviewer.store.tables import GradingRow
from interviewer.store.upgrading import upgrade
from tests.domain.questions import SMALL
from tests.fakes import FixedGraders, MemoryJobs, ScriptedGrader


class Farm:
    """A feeder over held jobs: what is fed stays queued."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'test.sqlite3'}")
        graders = FixedGraders(ScriptedGrader({}))
        work = GradingWork(self.database, graders, SystemClock(), Bulletin())
        self.jobs = MemoryJobs(work, self.database)
        self.jobs.held = True
        self.feeder = Feeder(self.database, self.jobs, graders, SystemClock())

    async def batch(self, owner: str, size: int) -> None:
        async with self.database.begin() as session:
            await rubrics.keep(session, SMALL)
            batches.begin(session, owner, owner, GraderKind.LLM, SystemClock().now())
        async with self.database.begin() as session:
            lines = [
                Line(number, number, f"{owner}{number}", SMALL.id, SMALL.digest, "Words.")
                for number in range(1, size + 1)
            ]
            await batches.receive(session, owner, lines)
            await batches.close(session, owner, total=size, failed=0, key=None, digest=owner)

    async def fed(self) -> Counter[str]:
        async with self.database.begin() as session:
            ids = [job.grading_id for job in self.jobs.submitted]
            rows = [await session.get(GradingRow, grading_id) for grading_id in ids]
        return Counter(row.owner for row in rows if row is not None)


@asynccontextmanager
async def farm_in(folder: Path) -> AsyncGenerator[Farm]:
    farm = Farm(folder)
    await upgrade(farm.database)
    try:
        yield farm
    finally:
        await farm.database.close()


@pytest.mark.anyio
async def test_only_a_few_rows_are_handed_over_ahead_of_the_work(tmp_path: Path) -> None:
    async with farm_in(tmp_path) as farm:
        await farm.batch("crowd", 10 * AHEAD)
        assert await farm.feeder.tick() == AHEAD
        assert await farm.feeder.tick() == 0
    assert {job.lane for job in farm.jobs.submitted} == {Lane.BATCH}


@pytest.mark.anyio
async def test_a_second_owner_s_row_goes_ahead_of_a_crowd_that_came_first(tmp_path: Path) -> None:
    async with farm_in(tmp_path) as farm:
        await farm.batch("crowd", 10 * AHEAD)
        await farm.feeder.tick()
        async with farm.database.begin() as session:
            started = await session.get(GradingRow, farm.jobs.submitted[0].grading_id)
            assert started is not None
            started.status = "running"
        await farm.batch("single", 1)
        await farm.feeder.tick()
        assert (await farm.fed())["single"] == 1
    single = farm.jobs.submitted[AHEAD]
    assert single.priority <= min(job.priority for job in farm.jobs.submitted)


@pytest.mark.anyio
async def test_owners_with_many_rows_each_are_fed_in_turns(tmp_path: Path) -> None:
    async with farm_in(tmp_path) as farm:
        await farm.batch("one", 10 * AHEAD)
        await farm.batch("other", 10 * AHEAD)
        await farm.feeder.tick()
        assert await farm.fed() == {"one": AHEAD / 2, "other": AHEAD / 2}


@pytest.mark.anyio
async def test_nothing_of_a_cancelled_batch_is_handed_over(tmp_path: Path) -> None:
    async with farm_in(tmp_path) as farm:
        await farm.batch("crowd", 3)
        async with farm.database.begin() as session:
            await batches.cancel(session, "crowd")
        assert await farm.feeder.tick() == 0
