"""Which processes are alive, as PostgreSQL knows it: each holds a lock as long as it is connected.

The lock belongs to a connection of its own that is kept for life. Behind a pooler that hands
connections around (PgBouncer in transaction mode) this does not hold: workers need a direct one.
"""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from interviewer.store.database import Database

LOCK_SPACE = 7_214_004
"""An arbitrary number that sets our locks apart from those of others in the same database."""


class Liveness:
    """Holds this process's lock, and tries those of others."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name
        self._connection: AsyncConnection | None = None

    async def hold(self) -> None:
        """Take this process's lock, again when the connection was lost."""
        if self._connection is not None:
            try:
                await self._connection.execute(text("SELECT 1"))
            except SQLAlchemyError:
                await self._connection.invalidate()
                self._connection = None
            else:
                return
        connection = await self._database.engine.connect()
        self._connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await self._connection.execute(
            text("SELECT pg_advisory_lock(:space, hashtext(:name))"),
            {"space": LOCK_SPACE, "name": self._name},
        )

    async def is_alive(self, name: str) -> bool:
        """Return whether a process of that name holds its lock; our own is alive."""
        if name == self._name:
            return True
        async with self._database.begin() as session:
            free = await session.scalar(
                text("SELECT pg_try_advisory_xact_lock(:space, hashtext(:name))"),
                {"space": LOCK_SPACE, "name": name},
            )
        return not free

    async def release(self) -> None:
        """Give the lock up by closing the connection."""
        if self._connection is not None:
            await self._connection.invalidate()
            await self._connection.close()
            self._connection = None
