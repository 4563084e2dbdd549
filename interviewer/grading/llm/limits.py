"""Holds requests back: so many requests and tokens a minute, so many dollars a day.

The arithmetic is apart from where the levels are kept, for workers that share one database use
it on rows: `Bucket` is a value. Per minute a token bucket of a tenth of the limit that
refills at nine tenths of it a minute, so that no 60 seconds ever see more than the limit; a call
larger than the bucket waits and borrows ahead.
"""

from dataclasses import dataclass, replace
from typing import Protocol

BURST = 0.1
"""Share of a minute's limit that may go at once; the rest trickles in over the minute."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one request is expected to take."""

    tokens: int
    cost_usd: float | None
    """None where no price is known."""


class Limits(Protocol):
    """Decides when a request may go."""

    @property
    def counts(self) -> bool:
        """Tell whether a draft's figures matter; if not, nobody need reckon them."""
        ...

    async def enter(self, draft: Draft, seconds: float) -> None:
        """Wait until the request may go.

        Raises: ModelTrouble when the day's budget is spent, or the wait would be longer than
            `seconds`; nothing is taken then.
        """
        ...

    async def settle(self, draft: Draft, tokens: int, cost_usd: float | None) -> None:
        """Put what the request really took in the place of its draft."""
        ...

    async def spent(self) -> float:
        """Return the dollars of today (UTC), drafts of calls under way included."""
        ...


class NoLimits:
    """Lets everything go at once."""

    counts = False

    async def enter(self, draft: Draft, seconds: float) -> None:
        pass

    async def settle(self, draft: Draft, tokens: int, cost_usd: float | None) -> None:
        pass

    async def spent(self) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """The level of one limit per minute at one moment; below zero it has lent ahead."""

    per_minute: float
    level: float
    at: float
    """Seconds on the keeper's clock."""

    @classmethod
    def full(cls, per_minute: float, now: float) -> "Bucket":
        return cls(per_minute, BURST * per_minute, now)

    def take(self, amount: float, now: float) -> tuple["Bucket", float]:
        """Return the bucket after taking, and the seconds to wait before going ahead."""
        filled = self._filled(now)
        left = filled.level - amount
        # A call larger than the bucket may go when the bucket is full: it owes the rest.
        needed = min(amount, self.capacity) - filled.level
        return replace(filled, level=left), max(0.0, needed / self._rate)

    def give_back(self, amount: float, now: float) -> "Bucket":
        """Return the bucket after a correction; a negative amount takes more."""
        filled = self._filled(now)
        return replace(filled, level=min(self.capacity, filled.level + amount))

    @property
    def capacity(self) -> float:
        return BURST * self.per_minute

    @property
    def _rate(self) -> float:
        return (1 - BURST) * self.per_minute / 60

    def _filled(self, now: float) -> "Bucket":
        gained = max(0.0, now - self.at) * self._rate
        return replace(self, level=min(self.capacity, self.level + gained), at=max(self.at, now))
