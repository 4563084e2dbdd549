"""Holds requests back: so many requests and tokens a minute, so many dollars a day.

The arithmetic is apart from where the levels are kept, so that workers that share one database
can use it on rows: `Bucket` is a value. Per minute a token bucket of a tenth of the limit that
refills at nine tenths of it a minute, so that no 60 seconds ever see more than the limit; a call
larger than the bucket waits and borrows ahead.
"""

import asyncio
from dataclasses import dataclass, replace
from typing import Protocol

from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.budget import Budget

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


class MemoryLimits:
    """Limits of one process, kept in memory."""

    def __init__(
        self,
        budget: Budget,
        *,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> None:
        self._budget = budget
        self._per_minute = (requests_per_minute, tokens_per_minute)
        self._buckets: tuple[Bucket | None, Bucket | None] | None = None

    @property
    def counts(self) -> bool:
        return self._budget.is_set or self._per_minute[1] is not None

    async def enter(self, draft: Draft, seconds: float) -> None:
        wait = self._take(draft, seconds)
        if wait > 0:
            await asyncio.sleep(wait)

    async def settle(self, draft: Draft, tokens: int, cost_usd: float | None) -> None:
        self._budget.correct(draft.cost_usd, cost_usd)
        requests, bucket = self._buckets or (None, None)
        if bucket:
            self._buckets = requests, bucket.give_back(draft.tokens - tokens, _now())

    async def spent(self) -> float:
        return self._budget.spent

    def _take(self, draft: Draft, seconds: float) -> float:
        now = _now()
        before = self._buckets or self._full(now)
        taken = [
            bucket.take(amount, now) if bucket else (None, 0.0)
            for bucket, amount in zip(before, (1, draft.tokens), strict=True)
        ]
        wait = max(seconds_to_wait for _, seconds_to_wait in taken)
        if wait > seconds:
            raise ModelTrouble(
                Trouble.RATE_LIMITED,
                f"The limit per minute leaves no room for {wait:.0f} s; grade again then, or raise "
                "INTERVIEWER_REQUESTS_PER_MINUTE or INTERVIEWER_TOKENS_PER_MINUTE.",
                retry_after=wait,
            )
        self._budget.take(draft.cost_usd)
        self._buckets = taken[0][0], taken[1][0]
        return wait

    def _full(self, now: float) -> tuple[Bucket | None, Bucket | None]:
        requests, tokens = self._per_minute
        return (
            Bucket.full(requests, now) if requests else None,
            Bucket.full(tokens, now) if tokens else None,
        )


def _now() -> float:
    return asyncio.get_running_loop().time()
