"""Lets the first call about an answer go alone, and the others when its reply is there.

Providers can serve the part that calls share from their cache only once one call has been
through; calls that leave together may each pay for it in full. It costs the time of one reply.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Gate:
    """Guards the calls about one answer."""

    def __init__(self, *, is_open: bool) -> None:
        self._open = asyncio.Event()
        self._taken = is_open
        if is_open:
            self._open.set()

    @asynccontextmanager
    async def passing(self) -> AsyncGenerator[None]:
        """Wait for the first call, unless this is it; its end opens the gate, failed or not."""
        if self._taken:
            await self._open.wait()
            yield
            return
        self._taken = True
        try:
            yield
        finally:
            self._open.set()
