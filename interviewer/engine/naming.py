"""The name that a process takes work under."""

import os
import socket
import uuid

from interviewer.store.database import Database


def executor_id(database: Database) -> str:
    """Return the name that this process takes work under.

    A SQLite file has one process at a time, which takes up the work of the one before by having
    the same name. On PostgreSQL every live process needs a name of its own.
    """
    if database.file is not None:
        return "only"
    return f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
