"""Starts and stops everything that a service keeps running, in order."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from interviewer.engine.graders import Graders
from interviewer.engine.jobs import Jobs
from interviewer.store.database import Database
from interviewer.store.upgrading import upgrade

GRACE_SECONDS = 20.0
"""How long work in flight may take to end when the process is asked to stop."""


class Running:
    """What lives exactly as long as the process serves."""

    def __init__(
        self, database: Database, jobs: Jobs, graders: Graders, grace: float = GRACE_SECONDS
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._graders = graders
        self._grace = grace

    @asynccontextmanager
    async def run(self) -> AsyncGenerator[None]:
        """Upgrade the tables and take up work; at the end drain it. Raises: SetupError."""
        try:
            await upgrade(self._database)
            await self._jobs.start()
            try:
                yield
            finally:
                await self._jobs.stop(self._grace)
        finally:
            await self._graders.close()
            await self._database.close()
