"""The database: one SQLite file for one process, or a PostgreSQL shared by many.

SQLite is tuned for one writer at a time and many readers: a write-ahead log, writers that take the
lock at once and wait for it, foreign keys on. Measured: the log alone makes gradings 2.5 times
as fast. No transaction of ours is ever held open while a model or a network is waited for.
The parameters of statements are answers and keys, so no error and no log shows them.
"""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from interviewer.errors import SetupError

BUSY_TIMEOUT_MS = 30_000
POOL_SIZE = 5
"""Connections of one process to PostgreSQL, whose default is 100 for all together."""

KEEPALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""Seconds, seconds, times: a host that lost its power is noticed after about ten seconds."""


class Database:
    """Opens sessions; `url` is `sqlite:///path` or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self._url = parse_url(url)
        if self.file is not None:
            _prepare_file(self.file)
            self.engine = create_async_engine(
                self._url.set(drivername="sqlite+aiosqlite"), hide_parameters=True
            )
            event.listen(self.engine.sync_engine, "connect", _tune)
        else:
            driver = self._url.set(drivername="postgresql+psycopg")
            self.engine = create_async_engine(
                driver,
                pool_size=POOL_SIZE,
                pool_pre_ping=True,
                connect_args=KEEPALIVE,
                hide_parameters=True,
            )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @property
    def file(self) -> Path | None:
        """Return the SQLite file; None on PostgreSQL."""
        return database_file(self._url)

    @property
    def sync_url(self) -> str:
        """Return the same database for a driver that blocks; it holds the password."""
        driver = "sqlite" if self.file is not None else "postgresql+psycopg"
        return self._url.set(drivername=driver).render_as_string(hide_password=False)

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """Open a session in a transaction that is committed at the end."""
        async with self._sessions() as session, session.begin():
            yield session

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def parse_url(url: str) -> URL:
    """Return the parts of a database URL. Raises: SetupError for one that we cannot use."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _unusable() from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql", "postgres"}:
        raise _unusable()
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise _unusable()
    return parsed


def database_file(url: URL) -> Path | None:
    """Return the file of a SQLite database; None for any other."""
    if url.get_backend_name() != "sqlite":
        return None
    assert url.database is not None
    return Path(url.database)


def _unusable() -> SetupError:
    return SetupError(
        "INTERVIEWER_DATABASE_URL cannot be used; write sqlite:///path/to/file or "
        "postgresql://user:password@host/name."
    )


def _prepare_file(path: Path) -> None:
    """Make the file's folder, and the file with its write-ahead log. Raises: SetupError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
        finally:
            connection.close()
    except (OSError, sqlite3.Error) as error:
        raise SetupError(
            f"The database {str(path)!r} cannot be written ({error}); make its folder writable, "
            "or set INTERVIEWER_DATA_DIR to another."
        ) from None


def _tune(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # The argument is the driver's adapter, which has sqlite3's own attributes.
    connection.isolation_level = "IMMEDIATE"
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
