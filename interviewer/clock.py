"""The time, as something that is handed in."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is; tests hand in one that stands still or is stepped."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock
