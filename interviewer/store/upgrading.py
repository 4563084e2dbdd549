"""Brings the tables up to date at start, and refuses those that a newer version has written."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from interviewer.errors import SetupError
from interviewer.store.database import Database
from interviewer.store.tables import PREFIX

VERSION_TABLE = f"{PREFIX}version"
_LOCK = 7_214_003
"""An arbitrary number: workers that start together upgrade one after the other."""


async def upgrade(database: Database) -> None:
    """Create or migrate our tables. Raises: SetupError."""
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(_upgrade)
    except OperationalError as error:
        where = database.engine.url.render_as_string(hide_password=True)
        raise SetupError(
            f"The database {where!r} cannot be used ({error.orig}); check "
            "INTERVIEWER_DATABASE_URL and that its server runs."
        ) from None


def script_location() -> Path:
    """Return the folder of the migrations."""
    return Path(__file__).parent / "migrations"


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(script_location()).replace("%", "%%"))
    config.attributes["connection"] = connection
    _refuse_newer(connection, ScriptDirectory.from_config(config))
    command.upgrade(config, "head")


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    known = {script.revision for script in scripts.walk_revisions()}
    for revision in context.get_current_heads():
        if revision not in known:
            raise SetupError(
                f"The database was written by a newer version of interviewer (its tables are at "
                f"{revision!r}); install that version, or use another database."
            )
