"""Inserts that say what to do when the row is there already, in either database's own words."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.store.tables import Base

Value = str | int | float | bool | date | None


async def insert_once(session: AsyncSession, row: type[Base], values: Mapping[str, Value]) -> bool:
    """Insert a row unless one with its key is there; return whether it was inserted."""
    statement = _insert(session, row).values(**values).on_conflict_do_nothing()
    result = await session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


async def insert_or_update(
    session: AsyncSession, row: type[Base], key: Sequence[str], values: Mapping[str, Value]
) -> None:
    """Insert a row, or give the one with the same key these values."""
    statement = _insert(session, row).values(**values)
    changed = {name: value for name, value in values.items() if name not in key}
    await session.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))


def _insert(session: AsyncSession, row: type[Base]) -> "postgresql.Insert | sqlite.Insert":
    dialect = session.get_bind().dialect.name
    return sqlite.insert(row) if dialect == "sqlite" else postgresql.insert(row)
