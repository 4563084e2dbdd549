"""How many gradings there are in which state, for whoever watches the service."""

from typing import NamedTuple

from sqlalchemy import func, select

from interviewer.clock import Clock
from interviewer.domain.grading import Status
from interviewer.store.database import Database
from interviewer.store.gradings import UNFINISHED
from interviewer.store.tables import GradingRow


class Queue(NamedTuple):
    """What the database holds now."""

    gradings: dict[Status, int]
    oldest_seconds: float
    """How long the oldest unfinished grading has waited; 0 when there is none."""


class Figures:
    """Counts what is in the tables, for all processes that share them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def queue(self) -> Queue:
        """Return the counts of all states, those without a grading too."""
        counts = select(GradingRow.status, func.count()).group_by(GradingRow.status)
        oldest = select(func.min(GradingRow.created_at)).where(GradingRow.status.in_(UNFINISHED))
        async with self._database.begin() as session:
            found = {Status(status): count for status, count in await session.execute(counts)}
            since = await session.scalar(oldest)
        waited = 0.0 if since is None else (self._clock.now() - since).total_seconds()
        return Queue({status: found.get(status, 0) for status in Status}, max(0.0, waited))
