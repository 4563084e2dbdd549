"""Lets a caller follow a grading: its events, from the first or from any later one."""

from collections.abc import AsyncGenerator

from interviewer.domain.base import GradingId
from interviewer.domain.grading import Grading, Status
from interviewer.engine.bulletin import Bulletin
from interviewer.store import gradings
from interviewer.store.database import Database
from interviewer.store.gradings import DONE, StoredEvent

POLL_SECONDS = 0.5
"""How soon the events of another process are seen; this process rings a bell."""


class Watching:
    """Reads what the work writes."""

    def __init__(self, database: Database, bulletin: Bulletin) -> None:
        self._database = database
        self._bulletin = bulletin
        self._stopping = False

    def stop(self) -> None:
        """End all streams soon; whoever reads them takes them up at the next service."""
        self._stopping = True

    async def events(
        self, owner: str, grading_id: str, after: int
    ) -> AsyncGenerator[StoredEvent | None]:
        """Yield the events after `after` as they come, None while there are none; ends with `done`.

        Raises: NotFound.
        """
        async with self._database.begin() as session:
            await gradings.find_row(session, owner, grading_id)
        while not self._stopping:
            async with self._database.begin() as session:
                found = await gradings.events_after(session, grading_id, after)
            for event in found:
                yield event
                after = event.id
                if event.kind == DONE:
                    return
            if not found:
                yield None
                await self._bulletin.wait(GradingId(grading_id), POLL_SECONDS)

    async def is_over(self, owner: str, grading_id: str, after: int) -> bool:
        """Return whether nothing will ever come after the event `after`. Raises: NotFound."""
        async with self._database.begin() as session:
            row = await gradings.find_row(session, owner, grading_id)
            return Status(row.status).is_final and after >= row.events

    async def wait(self, owner: str, grading: Grading, seconds: float) -> Grading:
        """Return the grading when it has ended, or as it stands after `seconds`."""
        waited = 0.0
        while not (grading.status.is_final or self._stopping) and waited < seconds:
            pause = min(POLL_SECONDS, seconds - waited)
            await self._bulletin.wait(grading.id, pause)
            waited += pause
            async with self._database.begin() as session:
                grading = await gradings.find(session, owner, grading.id)
        return grading
