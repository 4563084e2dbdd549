"""The tables are what the code says, and a database of a newer version is refused."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from interviewer.errors import SetupError
from interviewer.store.database import Database
from interviewer.store.tables import PREFIX, Base
from interviewer.store.upgrading import VERSION_TABLE, script_location, upgrade


def database_in(folder: Path) -> Database:
    return Database(f"sqlite:///{folder / 'test.sqlite3'}")


@pytest.mark.anyio
async def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return list(compare_metadata(context, Base.metadata))

    database = database_in(tmp_path)
    await upgrade(database)
    async with database.engine.begin() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


@pytest.mark.anyio
async def test_a_database_of_a_newer_version_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    database = database_in(tmp_path)
    await upgrade(database)
    async with database.engine.begin() as connection:
        await connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(SetupError, match="written by a newer version of interviewer"):
        await upgrade(database)
    async with database.engine.begin() as connection:
        found = await connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    assert found == "9999"
    await database.close()


@pytest.mark.anyio
async def test_every_migration_can_be_taken_back(tmp_path: Path) -> None:
    def down(connection: Connection) -> list[str]:
        config = Config()
        config.set_main_option("script_location", str(script_location()))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        return inspect(connection).get_table_names()

    database = database_in(tmp_path)
    await upgrade(database)
    async with database.engine.begin() as connection:
        left = await connection.run_sync(down)
    assert [name for name in left if name.startswith(PREFIX)] == [VERSION_TABLE]
    await upgrade(database)
    await database.close()
