"""Makes each grader when it is first asked for, and once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack

from interviewer.domain.grading import GraderKind
from interviewer.grading.grader import Grader

Builder = Callable[[AsyncExitStack], Awaitable[Grader]]
"""Makes a grader; what it has to release later it leaves with the stack."""


class LazyGraders:
    """Hands out the graders of one process."""

    def __init__(self, default: GraderKind, builders: Mapping[GraderKind, Builder]) -> None:
        self._default = default
        self._builders = builders
        self._made: dict[GraderKind, Grader] = {}
        self._making = asyncio.Lock()
        self._stack = AsyncExitStack()

    @property
    def default(self) -> GraderKind:
        """Return the kind that is used unless a request names another."""
        return self._default

    async def of(self, kind: GraderKind) -> Grader:
        """Return the grader of a kind.

        Raises: InputError when this process has none of the kind; ModelTrouble or SetupError when
            it cannot be made now.
        """
        async with self._making:
            if kind not in self._made:
                self._made[kind] = await self._builders[kind](self._stack)
            return self._made[kind]

    async def close(self) -> None:
        """Release what the graders hold."""
        await self._stack.aclose()
