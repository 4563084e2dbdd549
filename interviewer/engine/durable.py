"""Gradings as durable jobs: each finished step is saved, and a crash repeats only what was not.

The only importer of `dbos`. What it must be told, because its defaults lose or repeat work:

- an application version of our own (`VERSION`): the default is a hash of the source, and every edit
  would strand the jobs that are in flight;
- executor ids that are unique for each live process, for a process takes up the jobs of its id;
- JSON instead of pickles, so that nothing in the database is ever executed;
- parallel steps reserved in order before they are run, each result carrying its own key: a replay
  matches steps by number;
- it is launched on the service's own event loop, for the model's client belongs to that.

What was finished and saved is never paid for again; what was in flight when a process died is.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from dbos import (
    DBOS,
    AsyncSQLAlchemyDatasource,
    DBOSClient,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    EnqueueOptions,
    StepOptions,
    StepReservation,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from interviewer.domain.base import GradingId
from interviewer.engine.casualties import Casualties
from interviewer.engine.jobs import Concurrency, Job, Lane
from interviewer.engine.replay import check_replay
from interviewer.engine.work import GradingWork, Plan
from interviewer.grading.grader import PartRulings
from interviewer.grading.screening import Screening
from interviewer.store.database import Database

NAME = "interviewer"
VERSION = "grader-1"
"""Bump it only when the order of the steps changes, and drain the jobs before."""

GRADE = "grade"
POLL_SECONDS = 0.1
POOL_SIZE = 8
STEPS_AT_ONCE = 64
MAX_THREADS = 2 * STEPS_AT_ONCE
SQLITE_POOL_SIZE = MAX_THREADS + 16
"""On SQLite, `finish` holds the file's one lock while the engine asks, in another thread and over
another connection, whether the job is still its own. So not all of either may be waiting for that
lock: there are more threads than steps under way, and more connections than threads. With 8
connections, four gradings of six calls that ended together stood still for 30 s (measured)."""
DEAD_ENDS = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
UNFINISHED = ["PENDING", "ENQUEUED", "DELAYED"]

log = logging.getLogger(__name__)


class DurableJobs:
    """Runs gradings on DBOS, of which there can be one in a process at a time."""

    def __init__(
        self,
        database: Database,
        work: GradingWork,
        casualties: Casualties,
        executor_id: str,
        concurrency: Concurrency,
    ) -> None:
        self._database = database
        self._work = work
        self._casualties = casualties
        self._executor_id = executor_id
        self._concurrency = concurrency
        self._serializer = DBOSPortableJSONSerializer()
        self._client = DBOSClient(
            system_database_url=database.sync_url,
            serializer=self._serializer,
            application_name=NAME,
            lazy=True,
        )
        self._running = False
        self._steps = asyncio.Semaphore(STEPS_AT_ONCE)

    @property
    def running(self) -> bool:
        """Return whether work is taken."""
        return self._running

    async def start(self) -> None:
        """Launch on the running event loop and take up unfinished work."""
        await self.migrate()
        self._datasource = await AsyncSQLAlchemyDatasource.create(
            self._database.sync_url, engine=self._database.engine, serializer=self._serializer
        )
        await self._count_leftovers()
        DBOS(config=self._config())
        DBOS.workflow(name=GRADE)(self._grade_workflow())
        DBOS.launch()
        self._running = True
        await self._report_stranded()

    async def stop(self, grace: float) -> None:
        """Take no more work, give what is in flight `grace` seconds, and release everything."""
        self._running = False
        active = await DBOS.list_workflows_async(
            status="PENDING", executor_id=self._executor_id, load_input=False, load_output=False
        )
        # In a thread, for it blocks while jobs that run on this loop come to their end. It looks
        # once a second, so a second is the least it can wait for.
        await asyncio.to_thread(
            DBOS.destroy,
            destroy_registry=True,
            workflow_completion_timeout_sec=max(1, round(grace)) if active else 0,
        )
        # DBOS made its pool the loop's own and has now closed it; others still need one.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        await self.release()

    async def release(self) -> None:
        """Close the connections that submitting uses; enough where nothing was started."""
        await asyncio.to_thread(self._client.destroy)

    async def submit(self, session: AsyncSession, job: Job) -> None:
        """Queue a grading; it exists if and only if the session's transaction is committed."""
        options: EnqueueOptions = {
            "workflow_name": GRADE,
            "queue_name": job.lane,
            "workflow_id": job.grading_id,
            "app_version": VERSION,
            "priority": job.priority + 1,
        }

        def enqueue(sync: Session) -> None:
            self._client.enqueue_in_transaction(sync, options, job.grading_id)

        await session.run_sync(enqueue)

    async def cancel(self, grading_ids: Sequence[GradingId]) -> None:
        """Stop these jobs: queued ones never start, a running one loses its calls in a second."""
        if grading_ids:
            await self._client.cancel_workflows_async(list(grading_ids))

    async def forget(self, grading_ids: Sequence[GradingId]) -> None:
        """Drop every trace of these jobs; unfinished ones must have been cancelled."""
        if grading_ids:
            await self._client.delete_workflows_async(list(grading_ids))

    async def pending(self) -> dict[str, list[GradingId]]:
        """Return the jobs that are being worked on, by the process that took them."""
        jobs = await DBOS.list_workflows_async(
            status="PENDING", name=GRADE, load_input=False, load_output=False
        )
        found: dict[str, list[GradingId]] = {}
        for job in jobs:
            found.setdefault(job.executor_id or "", []).append(GradingId(job.workflow_id))
        return found

    async def take_over(self, grading_ids: Sequence[GradingId]) -> None:
        """Queue again what a dead process was working on, each job in its own lane."""
        if not grading_ids:
            return
        jobs = await DBOS.list_workflows_async(
            workflow_ids=list(grading_ids), load_input=False, load_output=False
        )
        for job in jobs:
            # Without its queue's name a job would move to one without limits.
            await DBOS.resume_workflow_async(job.workflow_id, queue_name=job.queue_name)

    async def failed(self) -> list[GradingId]:
        """Return the jobs that ended without ending their grading: an error of our own."""
        jobs = await DBOS.list_workflows_async(
            status=DEAD_ENDS, name=GRADE, load_input=False, load_output=False, limit=500
        )
        return [GradingId(job.workflow_id) for job in jobs]

    async def finished_before(self, moment: str) -> list[GradingId]:
        """Return jobs whose end lies before an ISO moment, at most 500."""
        jobs = await DBOS.list_workflows_async(
            status=["SUCCESS", "CANCELLED"],
            name=GRADE,
            completed_before=moment,
            load_input=False,
            load_output=False,
            limit=500,
        )
        return [GradingId(job.workflow_id) for job in jobs]

    async def stranded(self) -> int:
        """Return how many unfinished jobs belong to another version and wait for it."""
        jobs = await DBOS.list_workflows_async(
            status=UNFINISHED, name=GRADE, load_input=False, load_output=False
        )
        return sum(job.app_version != VERSION for job in jobs)

    def _config(self) -> DBOSConfig:
        return {
            "name": NAME,
            "system_database_url": self._database.sync_url,
            "application_version": VERSION,
            "executor_id": self._executor_id,
            "sys_db_pool_size": POOL_SIZE if self._database.file is None else SQLITE_POOL_SIZE,
            "serializer": self._serializer,
            "log_level": "WARNING",
            "max_executor_threads": MAX_THREADS,
            "notification_listener_polling_interval_sec": 0.5,
        }

    async def migrate(self) -> None:
        """Make the engine's tables and its queues, so that launching finds both."""
        await asyncio.to_thread(self._migrate)

    def _migrate(self) -> None:
        DBOS.migrate(self._database.sync_url)
        for lane in Lane:
            self._client.register_queue(
                lane,
                worker_concurrency=self._concurrency.of(lane),
                polling_interval_sec=POLL_SECONDS,
            )

    async def _count_leftovers(self) -> None:
        """Count what the process of this name before left, which launching takes up again."""
        left = await self._client.list_workflows_async(
            status="PENDING", executor_id=self._executor_id, load_input=False, load_output=False
        )
        given_up = await self._casualties.count([GradingId(job.workflow_id) for job in left])
        if given_up:
            await self._client.cancel_workflows_async(list(given_up))

    async def _report_stranded(self) -> None:
        count = await self.stranded()
        if count:
            log.warning(
                "%d gradings were queued by another version of interviewer and wait for it; "
                "start that version until they are done, or grade those answers again.",
                count,
            )

    def _grade_workflow(self) -> Callable[[str], Awaitable[None]]:
        async def grade(grading_id: str) -> None:
            await self._grade(GradingId(grading_id))

        return grade

    async def _grade(self, grading_id: GradingId) -> None:
        """Do the steps; no clock, no chance and no database here, for this is replayed."""
        plan = Plan.model_validate_json(
            await DBOS.run_step_async({"name": "prepare"}, self._prepare, grading_id)
        )
        if plan.screening is None:
            return
        screening = plan.screening.model_dump_json()
        reserved = [(key, DBOS.reserve_step()) for key in plan.parts]
        written = await asyncio.gather(
            *(self._run_part(step, grading_id, key, screening) for key, step in reserved)
        )
        parts = check_replay(plan.parts, written)
        await self._datasource.run_tx_step_async(
            {"name": "finish", "isolation_level": self._isolation()},
            self._finish,
            grading_id,
            plan.screening,
            parts,
        )
        self._work.ring(grading_id)

    async def _run_part(
        self, step: StepReservation, grading_id: GradingId, key: str, screening: str
    ) -> str:
        options: StepOptions = {"name": f"rule {key}", "preemptible": True}
        async with self._steps:
            return await step.run_async(options, self._rule, grading_id, key, screening)

    async def _prepare(self, grading_id: GradingId) -> str:
        return (await self._work.prepare(grading_id)).model_dump_json()

    async def _rule(self, grading_id: GradingId, key: str, screening: str) -> str:
        ruled = await self._work.rule(grading_id, key, Screening.model_validate_json(screening))
        return ruled.model_dump_json()

    async def _finish(
        self, grading_id: GradingId, screening: Screening, parts: Sequence[PartRulings]
    ) -> None:
        await self._work.finish(self._datasource.sql_session(), grading_id, screening, parts)

    def _isolation(self) -> Literal["READ COMMITTED", "SERIALIZABLE"]:
        return "READ COMMITTED" if self._database.file is None else "SERIALIZABLE"
