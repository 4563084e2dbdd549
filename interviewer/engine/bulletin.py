"""Tells who waits in this process that something happened in a grading."""

import asyncio
from collections import Counter

from interviewer.domain.base import GradingId


class Bulletin:
    """One bell for each grading that somebody waits for; other processes are found by polling."""

    def __init__(self) -> None:
        self._bells: dict[GradingId, asyncio.Event] = {}
        self._waiting: Counter[GradingId] = Counter()

    def ring(self, grading_id: GradingId) -> None:
        """Wake everybody who waits for this grading."""
        bell = self._bells.pop(grading_id, None)
        if bell is not None:
            bell.set()

    async def wait(self, grading_id: GradingId, seconds: float) -> None:
        """Return when the bell rings, or after `seconds`."""
        bell = self._bells.setdefault(grading_id, asyncio.Event())
        self._waiting[grading_id] += 1
        try:
            async with asyncio.timeout(seconds):
                await bell.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting[grading_id] -= 1
            if not self._waiting[grading_id]:
                del self._waiting[grading_id]
                if self._bells.get(grading_id) is bell:
                    del self._bells[grading_id]
