"""For whom the running task works, so that what many wait for can be shared fairly.

A grader is the same for everybody; whoever runs it says here whose turn a call would take. It is
kept in the task's context, which tasks and threads that are started from it inherit.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Standing(NamedTuple):
    """Whose work it is, and whether somebody sits in front of it."""

    owner: str = ""
    patient: bool = False
    """Batches wait as long as it takes, and behind all interactive work."""


_standing: ContextVar[Standing] = ContextVar("standing", default=Standing())  # noqa: B039 - frozen


def standing() -> Standing:
    """Return for whom the running task works."""
    return _standing.get()


@contextmanager
def on_behalf_of(owner: str, *, patient: bool) -> Generator[None]:
    """Work for somebody inside the block."""
    before = _standing.set(Standing(owner, patient))
    try:
        yield
    finally:
        _standing.reset(before)
