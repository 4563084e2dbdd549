"""Keeps a second service off the same SQLite file; the first one's address is in the lock file."""

import fcntl
import os
from pathlib import Path
from typing import TextIO

from interviewer.errors import SetupError


class ServiceLock:
    """A lock that the operating system drops when the process dies, however it dies."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(f"{database.name}.lock")
        self._file: TextIO | None = None

    def acquire(self, url: str) -> None:
        """Take the lock and say where this service is.

        Raises: SetupError that names the service which has it, or the folder that cannot be
            written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = self.path.open("a+", encoding="utf-8")
        except OSError as error:
            raise SetupError(
                f"The data folder {str(self.path.parent)!r} cannot be written "
                f"({error.strerror}); set INTERVIEWER_DATA_DIR to one that you may write."
            ) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise SetupError(
                f"A service at {self.url() or 'an address it has not told yet'} already uses "
                f"{self.path.with_suffix('')}; use that one, stop it, or set "
                "INTERVIEWER_DATA_DIR to another folder."
            ) from None
        file.truncate(0)
        file.write(url)
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock up."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def url(self) -> str | None:
        """Return the address of the service that holds the lock; None when nobody does."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY)
        except OSError:
            return None
        with os.fdopen(descriptor, encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read().strip() or None
        return None
