"""How many requests one caller may send in a minute: a bucket for each, filled drop by drop."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from interviewer.errors import LimitReached

MOST_CALLERS = 10_000
"""Buckets that are kept; who has been away longest is forgotten first, and starts full again."""


class Rates:
    """Counts the requests of this process; several API processes count apart."""

    def __init__(self, per_minute: int | None, now: Callable[[], float] = time.monotonic) -> None:
        """Take the requests of one caller a minute, None for no limit, and a clock in seconds."""
        self._limit = per_minute
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> None:
        """Count one request. Raises: LimitReached, with the seconds until there is room again."""
        if self._limit is None:
            return
        now, refill = self._now(), self._limit / 60
        level, since = self._buckets.pop(caller, (float(self._limit), now))
        level = min(float(self._limit), level + (now - since) * refill)
        enough = level >= 1
        self._buckets[caller] = (level - 1 if enough else level, now)
        if len(self._buckets) > MOST_CALLERS:
            self._buckets.popitem(last=False)
        if not enough:
            seconds = math.ceil((1 - level) / refill)
            raise LimitReached(
                f"There were more than {self._limit:,} requests in a minute; try again in "
                f"{seconds} s.",
                retry_after=seconds,
            )
