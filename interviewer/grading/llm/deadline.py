"""A moment by which work must be done, on the event loop's own clock."""

import asyncio


class Deadline:
    """Counts from its making; every wait and call inside takes what is left."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = asyncio.get_running_loop().time() + seconds

    @property
    def left(self) -> float:
        """Return the seconds left, 0 when there are none."""
        return max(0.0, self._end - asyncio.get_running_loop().time())

    def extend(self, seconds: float) -> None:
        """Take back seconds that were spent on waiting for something else."""
        self._end += seconds
