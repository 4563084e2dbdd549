"""Counts how often a grading took its process down, and stops it before it does so for ever."""

from collections.abc import Sequence

from sqlalchemy import update

from interviewer.domain.base import GradingId
from interviewer.engine.work import GradingWork
from interviewer.store.database import Database
from interviewer.store.gradings import UNFINISHED
from interviewer.store.tables import GradingRow

MOST_REAPS = 3
"""A grading is taken up again this often; one that goes on killing processes is given up."""

POISONOUS = (
    "The grading of this answer stopped the service again and again and was given up; the answer "
    "is kept, grade it again with the other grader."
)
FAILED = (
    "The grader failed on this answer in a way that it should not; the answer is kept, grade it "
    "again, and look into the service's log if it fails once more."
)


class Casualties:
    """Decides which of the gradings that a dead process left may be tried again."""

    def __init__(self, database: Database, work: GradingWork) -> None:
        self._database = database
        self._work = work

    async def count(self, grading_ids: Sequence[GradingId]) -> list[GradingId]:
        """Count one more death for each and return those that are given up."""
        given_up: list[GradingId] = []
        for grading_id in grading_ids:
            async with self._database.begin() as session:
                reaps = await session.scalar(
                    update(GradingRow)
                    .where(GradingRow.id == grading_id, GradingRow.status.in_(UNFINISHED))
                    .values(reaps=GradingRow.reaps + 1)
                    .returning(GradingRow.reaps)
                )
            if reaps is not None and reaps > MOST_REAPS:
                await self._work.give_up(grading_id, POISONOUS)
                given_up.append(grading_id)
        return given_up

    async def bury(self, grading_ids: Sequence[GradingId]) -> None:
        """End the gradings whose jobs ended by an error of our own."""
        for grading_id in grading_ids:
            await self._work.give_up(grading_id, FAILED)
