"""The graders that a service has."""

import asyncio
from typing import Protocol

from interviewer.domain.grading import GraderKind
from interviewer.errors import GraderTrouble, SetupError
from interviewer.grading.grader import Grader
from interviewer.grading.standing_in import StandIn

PATIENCE_SECONDS = 2.0
"""How long a candidate's request may wait for a grader to be made; the work itself waits on."""


class Graders(Protocol):
    """Hands out the grader of a kind; it is made when it is first asked for."""

    @property
    def default(self) -> GraderKind:
        """Return the kind that is used unless a request names another."""
        ...

    async def of(self, kind: GraderKind) -> Grader:
        """Return the grader.

        Raises: InputError when this service has none of the kind; GraderTrouble or SetupError
            when it cannot be made now.
        """
        ...

    async def close(self) -> None:
        """Release what the graders hold."""
        ...


async def grader_of(graders: Graders, kind: GraderKind) -> Grader:
    """Return the grader, or what stands in for it: its trouble is never the candidate's.

    Raises: InputError when this service has none of the kind.
    """
    try:
        return await graders.of(kind)
    except (GraderTrouble, SetupError) as trouble:
        return StandIn(kind, str(trouble))


async def grader_soon(graders: Graders, kind: GraderKind) -> Grader:
    """Return the grader if it is there within moments; else what stands in until it is.

    Raises: InputError when this service has none of the kind.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await grader_of(graders, kind)
    except TimeoutError:
        return StandIn(kind, "")
