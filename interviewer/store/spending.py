"""What a day's calls cost, for all workers that share a database."""

import math
from datetime import date

from sqlalchemy import case, select, update

from interviewer.store.database import Database
from interviewer.store.tables import SpendingRow
from interviewer.store.writing import insert_once


class TableSpending:
    """The sum of all processes on one database.

    What a process had set aside when it was killed stays in the day's sum: its call may have been
    made, and paid for.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, day: date, dollars: float, ceiling: float = math.inf) -> tuple[float, bool]:
        """Add to the day's sum unless it would pass the ceiling.

        Returns: the sum as it stands then, and whether the dollars are in it.
        """
        if dollars:
            after = await self._add(day, dollars, ceiling)
            if after is not None:
                return after, True
        async with self._database.begin() as session:
            spent = await session.scalar(select(SpendingRow.dollars).where(SpendingRow.day == day))
        return spent or 0.0, (spent or 0.0) + dollars <= ceiling

    async def _add(self, day: date, dollars: float, ceiling: float) -> float | None:
        after = SpendingRow.dollars + dollars
        change = (
            update(SpendingRow)
            .where(SpendingRow.day == day)
            .values(dollars=case((after < 0, 0.0), else_=after))
            .returning(SpendingRow.dollars)
        )
        if ceiling < math.inf:
            change = change.where(after <= ceiling)
        async with self._database.begin() as session:
            await insert_once(session, SpendingRow, {"day": day, "dollars": 0.0})
            return await session.scalar(change)
