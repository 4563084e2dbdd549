"""One colour for each dimension of a question, the same wherever the dimension is shown."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from interviewer.domain.base import DimensionId

COLOURS = 8
"""How many the style sheet has; a ninth dimension starts again."""

Colours = Mapping[DimensionId, str]


class Named(Protocol):
    """Anything that is known by a dimension's id."""

    @property
    def id(self) -> DimensionId: ...


def colours(dimensions: Iterable[Named]) -> Colours:
    """Return the style-sheet class of each dimension, by its place in the rubric."""
    return {each.id: f"mi-d{n % COLOURS}" for n, each in enumerate(dimensions)}
