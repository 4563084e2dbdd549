"""Tables are made, brought up to date, and left alone when a newer program wrote them."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from interviewer.errors import SetupError
from interviewer.store.database import Database
from interviewer.store.upgrading import VERSION_TABLE, upgrade


@pytest.mark.anyio
async def test_tables_of_a_newer_program_are_refused_and_untouched(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'newer.sqlite3'}")
    try:
        await upgrade(database)
        async with database.begin() as session:
            await session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
        with pytest.raises(SetupError, match=r"newer version of interviewer.*'9999'"):
            await upgrade(database)
        async with database.begin() as session:
            found = await session.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
        assert found == "9999"
    finally:
        await database.close()


@pytest.mark.anyio
async def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'twice.sqlite3'}")
    schema = text("SELECT sql FROM sqlite_master ORDER BY name")
    try:
        await upgrade(database)
        async with database.begin() as session:
            before = (await session.scalars(schema)).all()
        await upgrade(database)
        async with database.begin() as session:
            assert (await session.scalars(schema)).all() == before
    finally:
        await database.close()


@pytest.mark.anyio
async def test_no_error_of_the_database_quotes_an_answer(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'quiet.sqlite3'}")
    try:
        with pytest.raises(OperationalError, match="no such table") as caught:
            async with database.begin() as session:
                await session.execute(text("INSERT INTO no_table VALUES (:a)"), {"a": "marmalade"})
        assert "marmalade" not in str(caught.value)
    finally:
        await database.close()
