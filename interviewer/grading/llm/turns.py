"""Who may call next where many wait for the same limits.

Interactive work goes before batches; then whoever has few calls waiting goes before whoever has
many, so that one candidate's flood never keeps another's single answer; then who came first.
"""

import asyncio
import itertools
import math
from collections import Counter
from typing import NamedTuple, Protocol

from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.budget import Budget
from interviewer.grading.llm.limits import Draft
from interviewer.grading.standing import Standing, standing

ASK_AGAIN_SECONDS = 1.0
"""The foremost asks at least this often, which also tells other processes that it still waits."""


class Place(NamedTuple):
    """Where a call stands in the queue; the least goes first."""

    patient: bool
    crowd: int
    """The order of magnitude of its owner's waiting calls, in powers of two."""


class Buckets(Protocol):
    """Keeps what is left of the limits per minute."""

    @property
    def limits_tokens(self) -> bool:
        """Tell whether tokens are limited at all."""
        ...

    async def take(self, tokens: int, place: Place) -> float:
        """Take one request and its tokens and return 0, or return the seconds until they may go.

        Nothing is taken in the second case. Other processes' calls with a lesser place go first.
        """
        ...

    async def give_back(self, tokens: int) -> None:
        """Put tokens back; a negative number takes more."""
        ...


class _Waiter:
    def __init__(self, standing: Standing, number: int) -> None:
        self.standing = standing
        self.number = number
        self.turn = asyncio.Event()


class FairLimits:
    """Limits over any buckets, with a queue in front; a budget stops calls before they are made."""

    def __init__(self, buckets: Buckets, budget: Budget) -> None:
        self._buckets = buckets
        self._budget = budget
        self._waiting: list[_Waiter] = []
        self._calls: Counter[str] = Counter()
        self._numbers = itertools.count()

    @property
    def counts(self) -> bool:
        return self._budget.is_set or self._buckets.limits_tokens

    async def enter(self, draft: Draft, seconds: float) -> None:
        """Wait until the request may go.

        Raises: ModelTrouble when the day's budget is spent, or the wait would be longer than
            `seconds`; nothing is taken then.
        """
        await self._budget.check(draft.cost_usd)
        waiter = _Waiter(standing(), next(self._numbers))
        self._waiting.append(waiter)
        self._calls[waiter.standing.owner] += 1
        try:
            await self._wait(waiter, draft, asyncio.get_running_loop().time() + seconds)
        finally:
            self._waiting.remove(waiter)
            self._calls[waiter.standing.owner] -= 1
            self._call_next()
        await self._budget.take(draft.cost_usd)

    async def settle(self, draft: Draft, tokens: int, cost_usd: float | None) -> None:
        """Put what the request really took in the place of its draft."""
        await self._budget.correct(draft.cost_usd, cost_usd)
        if draft.tokens != tokens:
            await self._buckets.give_back(draft.tokens - tokens)

    async def spent(self) -> float:
        """Return the dollars of today (UTC), drafts of calls under way included."""
        return await self._budget.spent()

    async def _wait(self, waiter: _Waiter, draft: Draft, end: float) -> None:
        loop = asyncio.get_running_loop()
        while True:
            wait = math.inf
            waiter.turn.clear()
            if self._foremost() is waiter:
                wait = await self._buckets.take(draft.tokens, self._place(waiter))
                if wait <= 0:
                    return
            left = end - loop.time()
            if left <= 0 or left < wait < math.inf:
                raise _no_room(max(wait, 0.0) if wait < math.inf else 0.0)
            try:
                async with asyncio.timeout(min(wait, left, ASK_AGAIN_SECONDS)):
                    await waiter.turn.wait()
            except TimeoutError:
                continue

    def _foremost(self) -> _Waiter:
        return min(self._waiting, key=lambda each: (self._place(each), each.number))

    def _place(self, waiter: _Waiter) -> Place:
        crowd = self._calls[waiter.standing.owner].bit_length()
        return Place(waiter.standing.patient, crowd)

    def _call_next(self) -> None:
        if self._waiting:
            self._foremost().turn.set()


def _no_room(seconds: float) -> ModelTrouble:
    return ModelTrouble(
        Trouble.RATE_LIMITED,
        f"The limit per minute leaves no room for {seconds:.0f} s; grade again then, or raise "
        "INTERVIEWER_REQUESTS_PER_MINUTE or INTERVIEWER_TOKENS_PER_MINUTE.",
        retry_after=seconds,
    )
