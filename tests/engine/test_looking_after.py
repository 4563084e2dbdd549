"""Jobs that go wrong or grow old: failed, poisonous, of another version, taken over, finished."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dbos import DBOS

from interviewer.clock import SystemClock
from interviewer.domain.base import GradingId
from interviewer.domain.grading import Status
from interviewer.domain.question import Question
from interviewer.engine.casualties import FAILED, MOST_REAPS, POISONOUS
from interviewer.engine.jobs import Lane
from interviewer.engine.reaper import KEEP_FINISHED, Reaper
from interviewer.grading.grader import Part, PartRulings, Publish
from interviewer.store import gradings
from interviewer.store.upgrading import upgrade
from tests.engine.test_durable import Engine, running
from tests.fakes import FrozenClock, ScriptedGrader


class FaultyGrader(ScriptedGrader):
    """Fails as no grader should."""

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        raise ZeroDivisionError


class HeldGrader(ScriptedGrader):
    """Rules on nothing before it is let go."""

    def __init__(self) -> None:
        super().__init__({"cache": "a cache"})
        self.begun, self.free = asyncio.Event(), asyncio.Event()

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        self.begun.set()
        await self.free.wait()
        return await super().rule(question, answer, part, publish)


@pytest.mark.anyio
async def test_a_grading_that_kills_its_process_too_often_is_given_up(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    await upgrade(engine.database)
    await engine.jobs.migrate()
    await engine.submit("g")
    counted = [await engine.casualties.count([GradingId("g")]) for _ in range(MOST_REAPS + 1)]
    assert counted == [*[[]] * MOST_REAPS, ["g"]]
    grading = await engine.ended("g")
    assert (grading.status, grading.reason) == (Status.UNGRADED, POISONOUS)
    await engine.jobs.release()
    await engine.database.close()


@pytest.mark.anyio
async def test_a_job_that_fails_by_an_error_of_ours_ends_its_grading(tmp_path: Path) -> None:
    async with running(tmp_path, FaultyGrader({})) as engine:
        await engine.submit("g")
        async with asyncio.timeout(30):
            while not await engine.jobs.failed():
                await asyncio.sleep(0.05)
        await Reaper(engine.jobs, engine.casualties, SystemClock(), None).tick()
        grading = await engine.ended("g")
        assert (grading.status, grading.reason) == (Status.UNGRADED, FAILED)
        assert await engine.jobs.failed() == []


@pytest.mark.anyio
async def test_the_engine_s_record_of_a_finished_job_is_deleted_and_the_grading_kept(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as engine:
        await engine.submit("g")
        await engine.ended("g")
        later = FrozenClock(datetime.now(UTC) + 2 * KEEP_FINISHED)  # noqa: TID251 - DBOS's own
        everything = (later.now() + timedelta(days=1)).isoformat()
        async with asyncio.timeout(30):
            while await engine.jobs.finished_before(everything) != ["g"]:
                await asyncio.sleep(0.05)
        await Reaper(engine.jobs, engine.casualties, later, None).tick()
        assert await engine.jobs.finished_before(everything) == []
        assert (await engine.ended("g")).status is Status.GRADED


@pytest.mark.anyio
async def test_a_job_that_is_taken_over_stays_in_its_lane(tmp_path: Path) -> None:
    grader = HeldGrader()
    async with running(tmp_path, grader) as engine:
        await engine.submit("g", Lane.BATCH)
        await asyncio.wait_for(grader.begun.wait(), 30)
        await engine.jobs.take_over([GradingId("g")])
        (job,) = await DBOS.list_workflows_async(workflow_ids=["g"])
        assert job.queue_name == Lane.BATCH
        grader.free.set()
        assert (await engine.ended("g")).status is Status.GRADED


@pytest.mark.anyio
async def test_a_job_of_another_version_waits_for_it_and_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    older = Engine(tmp_path)
    await upgrade(older.database)
    await older.jobs.migrate()
    with monkeypatch.context() as patched:
        patched.setattr("interviewer.engine.durable.VERSION", "grader-0")
        await older.submit("g")
    await older.jobs.release()
    await older.database.close()
    with caplog.at_level(logging.WARNING, "interviewer"):
        async with running(tmp_path) as engine:
            assert await engine.jobs.stranded() == 1
            await engine.submit("h")
            await engine.ended("h")
            async with engine.database.begin() as session:
                assert (await gradings.find(session, "me", "g")).status is Status.QUEUED
    assert "1 gradings were queued by another version of interviewer" in caplog.text
