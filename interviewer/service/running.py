"""Starts and stops everything that a service keeps running, in order."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Protocol

from interviewer.engine.graders import Graders
from interviewer.engine.jobs import Jobs
from interviewer.store.database import Database
from interviewer.store.upgrading import upgrade

GRACE_SECONDS = 10.0
"""How long work in flight may take to end when the process is asked to stop."""


class Keeper(Protocol):
    """Looks after the jobs of all processes."""

    async def announce(self) -> None:
        """Say that this process lives, before it takes any job."""
        ...

    async def start(self) -> None:
        """Look after the jobs from now on."""
        ...

    async def pause(self) -> None:
        """Look no more, but say on that this process lives."""
        ...

    async def stop(self) -> None:
        """Say no more that this process lives."""
        ...


class Feeds(Protocol):
    """Hands the rows of batches to the jobs."""

    async def start(self) -> None:
        """Feed from now on."""
        ...

    async def stop(self) -> None:
        """Feed no more."""
        ...


class Running:
    """What lives exactly as long as the process serves."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        graders: Graders,
        keeper: Keeper | None = None,
        feeder: Feeds | None = None,
        grace: float = GRACE_SECONDS,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._graders = graders
        self._keeper = keeper
        self._feeder = feeder
        self._grace = grace

    @asynccontextmanager
    async def run(self) -> AsyncGenerator[None]:
        """Upgrade the tables and take up work; at the end drain it. Raises: SetupError."""
        try:
            await upgrade(self._database)
            async with self._kept():
                yield
        finally:
            await self._graders.close()
            await self._database.close()

    @asynccontextmanager
    async def at_rest(self) -> AsyncGenerator[None]:
        """Upgrade the tables and take up nothing. Raises: SetupError."""
        try:
            await upgrade(self._database)
            await self._jobs.migrate()
            yield
        finally:
            await self._jobs.release()
            await self._graders.close()
            await self._database.close()

    @asynccontextmanager
    async def _kept(self) -> AsyncGenerator[None]:
        if self._keeper is not None:
            await self._keeper.announce()
        try:
            await self._jobs.start()
            try:
                if self._keeper is not None:
                    await self._keeper.start()
                if self._feeder is not None:
                    await self._feeder.start()
                yield
            finally:
                if self._feeder is not None:
                    await self._feeder.stop()
                if self._keeper is not None:
                    await self._keeper.pause()
                await self._jobs.stop(self._grace)
        finally:
            if self._keeper is not None:
                await self._keeper.stop()
