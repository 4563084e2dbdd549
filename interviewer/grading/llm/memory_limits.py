"""Limits of one process, kept in memory."""

import asyncio

from interviewer.grading.llm.budget import Budget
from interviewer.grading.llm.limits import Bucket
from interviewer.grading.llm.turns import FairLimits, Place


class MemoryBuckets:
    """Levels that start full, and are lost with the process."""

    def __init__(self, requests_per_minute: float | None, tokens_per_minute: float | None) -> None:
        self._per_minute = (requests_per_minute, tokens_per_minute)
        self._levels: tuple[Bucket | None, Bucket | None] | None = None

    @property
    def limits_tokens(self) -> bool:
        return self._per_minute[1] is not None

    async def take(self, tokens: int, place: Place) -> float:
        """Take one request and its tokens and return 0, or return the seconds until they may go."""
        now = _now()
        requests, bucket = self._at(now)
        taken_requests, request_wait = requests.take(1, now) if requests else (None, 0.0)
        taken_tokens, token_wait = bucket.take(tokens, now) if bucket else (None, 0.0)
        wait = max(request_wait, token_wait)
        if wait <= 0:
            self._levels = taken_requests, taken_tokens
        return wait

    async def give_back(self, tokens: int) -> None:
        """Put tokens back; a negative number takes more."""
        now = _now()
        requests, bucket = self._at(now)
        if bucket:
            self._levels = requests, bucket.give_back(tokens, now)

    def _at(self, now: float) -> tuple[Bucket | None, Bucket | None]:
        if self._levels is None:
            requests, tokens = self._per_minute
            self._levels = (
                Bucket.full(requests, now) if requests else None,
                Bucket.full(tokens, now) if tokens else None,
            )
        return self._levels


class MemoryLimits(FairLimits):
    """Limits of one process."""

    def __init__(
        self,
        budget: Budget,
        *,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> None:
        super().__init__(MemoryBuckets(requests_per_minute, tokens_per_minute), budget)


def _now() -> float:
    return asyncio.get_running_loop().time()
