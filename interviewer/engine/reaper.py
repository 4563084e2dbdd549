"""Looks after the jobs: those of dead processes, those that failed, and those long finished.

The durable engine leaves a dead worker's running jobs alone until a process of the same name starts
again. On PostgreSQL, where every process has its own name, this gives them to the living.
"""

import asyncio
import logging
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from interviewer.clock import Clock
from interviewer.engine.casualties import Casualties
from interviewer.engine.durable import DurableJobs
from interviewer.engine.liveness import Liveness

TICK_SECONDS = 1.0
KEEP_FINISHED = timedelta(hours=1)
"""How long the engine's own record of a finished job is kept; gradings are kept for good."""

log = logging.getLogger(__name__)


class Reaper:
    """Runs beside the jobs, in every process."""

    def __init__(
        self, jobs: DurableJobs, casualties: Casualties, clock: Clock, liveness: Liveness | None
    ) -> None:
        """Take the parts; `liveness` is None on SQLite, which has one process."""
        self._jobs = jobs
        self._casualties = casualties
        self._clock = clock
        self._liveness = liveness
        self._task: asyncio.Task[None] | None = None

    async def announce(self) -> None:
        """Say that this process lives, before it takes any job."""
        if self._liveness is not None:
            await self._liveness.hold()

    async def start(self) -> None:
        """Look after the jobs from now on."""
        self._task = asyncio.create_task(self._run())

    async def pause(self) -> None:
        """Look no more, but say on that this process lives: its last jobs are ending."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def stop(self) -> None:
        """Say no more that this process lives."""
        if self._liveness is not None:
            await self._liveness.release()

    async def tick(self) -> None:
        """Do one round."""
        await self.announce()
        await self._reap()
        failed = await self._jobs.failed()
        if failed:
            log.error("%d gradings failed by an error of our own and were given up", len(failed))
            await self._casualties.bury(failed)
            await self._jobs.forget(failed)
        await self._tidy()

    async def _run(self) -> None:
        while True:
            try:
                await self.tick()
            except (SQLAlchemyError, OSError) as error:
                # A database that is away for a moment; the next round finds what is left to do.
                log.warning("looking after the jobs failed (%s)", type(error).__name__)
            await asyncio.sleep(TICK_SECONDS)

    async def _reap(self) -> None:
        if self._liveness is None:
            return
        for name, ids in (await self._jobs.pending()).items():
            if await self._liveness.is_alive(name):
                continue
            log.warning("the process %s died; taking over its %d gradings", name, len(ids))
            given_up = set(await self._casualties.count(ids))
            await self._jobs.cancel(sorted(given_up))
            await self._jobs.take_over([each for each in ids if each not in given_up])

    async def _tidy(self) -> None:
        old = (self._clock.now() - KEEP_FINISHED).isoformat()
        finished = await self._jobs.finished_before(old)
        if finished:
            await self._jobs.forget(finished)
