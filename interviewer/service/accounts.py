"""Who asks: API keys, and the people whom the UI has signed in.

Keys are made, listed and revoked from the command line; only their hashes are stored.

A key is 256 random bits, so a plain SHA-256 of it gives nothing away: there is no list of likely
keys to try, which is what slow hashes for passwords are against.
"""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update

from interviewer.clock import Clock
from interviewer.domain.base import Model
from interviewer.errors import NotFound, NotSignedIn
from interviewer.passport import owner_of
from interviewer.store.database import Database
from interviewer.store.tables import KeyRow

PREFIX = "iv_"


class Scope(StrEnum):
    """What a key may be used for; `admin` includes the others."""

    PRACTISE = "practise"
    SCORE = "score"
    ADMIN = "admin"


class Identity(Model):
    """Who asks, and what they may."""

    owner: str
    scopes: frozenset[Scope]


class Key(Model):
    """A key as it is listed; the key itself is shown once, when it is made."""

    id: str
    name: str
    owner: str
    scopes: frozenset[Scope]
    created_at: datetime
    revoked_at: datetime | None


class Accounts:
    """Knows the keys of one database, and the UI's word for people if it has a key for that."""

    def __init__(self, database: Database, clock: Clock, ui_key: str | None = None) -> None:
        """Take the parts; without `ui_key` nobody is believed on the UI's word."""
        self._database = database
        self._clock = clock
        self._ui_key = ui_key

    async def create(self, name: str, owner: str, scopes: Sequence[Scope]) -> str:
        """Return a new key; nobody can read it again later."""
        key = PREFIX + secrets.token_urlsafe(32)
        row = KeyRow(
            id=uuid.uuid4().hex[:12],
            hash=_hash(key),
            name=name,
            owner=owner,
            scopes=" ".join(sorted(scopes)),
            created_at=self._clock.now(),
            revoked_at=None,
        )
        async with self._database.begin() as session:
            session.add(row)
        return key

    async def identify(self, key: str) -> Identity:
        """Return who an API key, or the UI's token, belongs to. Raises: NotSignedIn."""
        if self._ui_key is not None and not key.startswith(PREFIX):
            owner = owner_of(key, self._ui_key, self._clock.now())
            return Identity(owner=owner, scopes=frozenset({Scope.PRACTISE}))
        async with self._database.begin() as session:
            row = await session.scalar(
                select(KeyRow).where(KeyRow.hash == _hash(key), KeyRow.revoked_at.is_(None))
            )
        if row is None:
            raise NotSignedIn("The API key is unknown or revoked; ask for a new one.")
        return Identity(owner=row.owner, scopes=_scopes(row.scopes))

    async def keys(self) -> list[Key]:
        """Return all keys, oldest first."""
        async with self._database.begin() as session:
            rows = await session.scalars(select(KeyRow).order_by(KeyRow.created_at, KeyRow.id))
            return [
                Key(
                    id=row.id,
                    name=row.name,
                    owner=row.owner,
                    scopes=_scopes(row.scopes),
                    created_at=row.created_at,
                    revoked_at=row.revoked_at,
                )
                for row in rows
            ]

    async def revoke(self, key_id: str) -> None:
        """Make a key worthless from now on. Raises: NotFound."""
        async with self._database.begin() as session:
            found = await session.scalar(
                update(KeyRow)
                .where(KeyRow.id == key_id, KeyRow.revoked_at.is_(None))
                .values(revoked_at=self._clock.now())
                .returning(KeyRow.id)
            )
        if found is None:
            raise NotFound(
                f"There is no key {key_id!r} in use; `interviewer keys list` shows them all."
            )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _scopes(written: str) -> frozenset[Scope]:
    return frozenset(map(Scope, written.split()))
