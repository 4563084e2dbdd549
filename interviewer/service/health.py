"""Says which part of the service cannot do its work, and what to do about it."""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from interviewer.catalog.questions import QuestionBank
from interviewer.engine.jobs import Jobs
from interviewer.store.database import Database


class PartState(NamedTuple):
    """One part; the message says what is wrong, or what works."""

    name: str
    ready: bool
    message: str


class Health:
    """Asks each part."""

    def __init__(self, bank: QuestionBank, database: Database, engine: Jobs) -> None:
        self._bank = bank
        self._database = database
        self._engine = engine

    async def parts(self) -> tuple[PartState, ...]:
        """Return the state of every part."""
        bank = PartState("questions", ready=True, message=f"{len(self._bank)} questions")
        return bank, await self._database_state(), await self._engine_state()

    async def _database_state(self) -> PartState:
        try:
            async with self._database.begin() as session:
                await session.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as error:
            kind = type(error).__name__
            return PartState(
                "database", ready=False, message=f"cannot be reached ({kind}); start its server"
            )
        return PartState("database", ready=True, message="answers")

    async def _engine_state(self) -> PartState:
        if not self._engine.running:
            return PartState("engine", ready=False, message="is stopping or not yet started")
        stranded = await self._engine.stranded()
        if stranded:
            message = f"runs; {stranded} gradings wait for another version of this program"
            return PartState("engine", ready=True, message=message)
        return PartState("engine", ready=True, message="runs")
