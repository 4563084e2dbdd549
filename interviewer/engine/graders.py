"""The graders that a service has."""

from typing import Protocol

from interviewer.domain.grading import GraderKind
from interviewer.grading.grader import Grader


class Graders(Protocol):
    """Hands out the grader of a kind; it is made when it is first asked for."""

    @property
    def default(self) -> GraderKind:
        """Return the kind that is used unless a request names another."""
        ...

    async def of(self, kind: GraderKind) -> Grader:
        """Return the grader. Raises: InputError when this service has none of the kind."""
        ...

    async def close(self) -> None:
        """Release what the graders hold."""
        ...
