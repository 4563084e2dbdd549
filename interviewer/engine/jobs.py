"""What the service asks of whatever runs the gradings."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.base import GradingId, Model


class Lane(StrEnum):
    """Interactive work never queues behind batches."""

    INTERACTIVE = "interactive"
    BATCH = "batch"


class Concurrency(NamedTuple):
    """How many gradings of each lane one process works on at a time."""

    interactive: int = 16
    batch: int = 32

    def of(self, lane: Lane) -> int:
        return self.interactive if lane is Lane.INTERACTIVE else self.batch


class Job(Model):
    """One grading to be done."""

    grading_id: GradingId
    lane: Lane = Lane.INTERACTIVE
    priority: int = 0
    """Lower goes first. A candidate's unfinished gradings count: nobody starves by another's."""


class Jobs(Protocol):
    """Runs gradings; whatever was submitted is done, even if this process dies."""

    @property
    def running(self) -> bool:
        """Return whether work is taken."""
        ...

    async def start(self) -> None:
        """Take up work, unfinished work of before included. Raises: SetupError."""
        ...

    async def migrate(self) -> None:
        """Make the engine's own tables; enough for submitting and forgetting."""
        ...

    async def release(self) -> None:
        """Close what submitting and forgetting use, where nothing was started."""
        ...

    async def stop(self, grace: float) -> None:
        """Finish what is in flight within `grace` seconds; the rest is taken up at next start."""
        ...

    async def submit(self, session: AsyncSession, job: Job) -> None:
        """Queue a grading as part of the session's transaction."""
        ...

    async def cancel(self, grading_ids: Sequence[GradingId]) -> None:
        """Stop working on gradings that were marked as cancelled."""
        ...

    async def forget(self, grading_ids: Sequence[GradingId]) -> None:
        """Drop every trace of these gradings from the engine's own tables."""
        ...

    async def stranded(self) -> int:
        """Return how many unfinished gradings belong to another version of this program."""
        ...
