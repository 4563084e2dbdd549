"""Remembers what servers take from one process to the next, in a small file.

What is written there is a hint and nothing else: one that is old, torn, or that its server has
outgrown is dropped, and the server is asked afresh.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from interviewer.clock import Clock
from interviewer.domain.base import Model
from interviewer.grading.llm.dialect import Dialect

FRESH = timedelta(days=7)
"""Servers are upgraded: after so long the strictest dialect is tried again."""


class Acquaintances(Protocol):
    """Keeps what has been learnt of servers and models."""

    def recall(self, server: str, model: str) -> Dialect | None: ...

    def keep(self, server: str, model: str, dialect: Dialect) -> None: ...


class _Entry(Model):
    dialect: Dialect
    learnt_at: datetime


_FILE = TypeAdapter(dict[str, _Entry])


class AcquaintanceFile:
    """Keeps it in one file for all processes of a machine; a fault of the disk is no fault here."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def recall(self, server: str, model: str) -> Dialect | None:
        """Return what the server and the model were found to take in the last week."""
        entry = self._read().get(_key(server, model))
        if entry is None or self._clock.now() - entry.learnt_at > FRESH:
            return None
        return entry.dialect

    def keep(self, server: str, model: str, dialect: Dialect) -> None:
        """Write down what they take now; the last of two processes to write prevails."""
        now = self._clock.now()
        fresh = {k: e for k, e in self._read().items() if now - e.learnt_at <= FRESH}
        entry = _Entry(dialect=dialect, learnt_at=now)
        written = _FILE.dump_json({**fresh, _key(server, model): entry}, indent=1)
        draft = self._path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(written)
            draft.replace(self._path)
        except OSError:
            return

    def _read(self) -> dict[str, _Entry]:
        try:
            return _FILE.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return {}


def _key(server: str, model: str) -> str:
    """Return model and server, without what may be secret in an address."""
    address = urlsplit(server)
    return f"{model} at {address.netloc.rpartition('@')[2]}{address.path.rstrip('/')}"
