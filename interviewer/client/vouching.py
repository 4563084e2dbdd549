"""What a process that has signed people in itself sends in place of an API key: the UI."""

from collections.abc import Callable

from interviewer import passport
from interviewer.clock import Clock, SystemClock


def vouching(person: str, key: str, clock: Clock | None = None) -> Callable[[], str]:
    """Return what makes a fresh token for a person; each is good for one minute.

    `key` is `INTERVIEWER_UI_KEY`; `person` must be unique to them: issuer and subject, say.
    """
    told = clock or SystemClock()
    return lambda: passport.issue(person, key, told.now())
