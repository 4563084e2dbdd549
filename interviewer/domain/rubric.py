"""What an answer is held against: dimensions, their criteria, and misconceptions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import BeforeValidator, Field

from interviewer.domain.base import (
    CriterionId,
    DimensionId,
    IsSlug,
    MisconceptionId,
    Model,
    Slug,
    Text,
)

Points = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]


class Signal(Model):
    """One idea that the offline grader looks for, as the phrases that name it.

    In a file it may be written as a phrase, as a list of phrases, or in full with a `count`.
    """

    any: tuple[Text, ...] = Field(min_length=1)
    """Aliases; a trailing `*` matches any ending, `#` matches any number."""
    count: int = Field(default=1, ge=1)
    """How many different aliases must be found (for criteria such as "names two tests")."""


def _as_signal(
    written: str | float | Sequence[str | float] | Mapping[str, object] | Signal,
) -> Signal | Mapping[str, object]:
    if isinstance(written, Signal | Mapping):
        return written
    aliases = [written] if isinstance(written, str | int | float) else written
    return {"any": [str(alias) for alias in aliases]}


ShortForms = BeforeValidator(_as_signal, json_schema_input_type=str | list[str | float] | Signal)


def _as_several(written: str | Sequence[str]) -> Sequence[str]:
    return [written] if isinstance(written, str) else written


Several = Annotated[
    tuple[Text, ...], BeforeValidator(_as_several, json_schema_input_type=str | list[str])
]
"""A list of texts, of which a single one may be written without its brackets."""


class Criterion(Model):
    """One checkable statement about an answer: it is met or it is not."""

    id: Annotated[CriterionId, IsSlug]
    statement: Text
    points: Points
    skills: tuple[Slug, ...] = Field(min_length=1)
    """What a candidate practises with it; the review queue finds other questions by these."""
    met_example: Text
    """A candidate's words that meet the criterion."""
    near_miss: Text
    """A candidate's words that come close and do not meet it."""
    signals: tuple[Annotated[Signal, ShortForms], ...] = Field(min_length=1)
    """Ideas that must stand close together; all of them make the strongest sign."""
    to_add: Text
    """One or two sentences that a candidate could add to meet it."""


class Dimension(Model):
    """One aspect of an answer, with its share of the total."""

    id: Annotated[DimensionId, IsSlug]
    title: Text
    weight: Points
    """Share of the total, relative to the other dimensions' weights."""
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @property
    def points(self) -> float:
        """Return the sum of the points of all its criteria."""
        return sum(criterion.points for criterion in self.criteria)


class Misconception(Model):
    """A wrong claim that costs points when a candidate asserts it."""

    id: Annotated[MisconceptionId, IsSlug]
    dimension: DimensionId
    statement: Text
    """The wrong claim itself."""
    points: Points
    """What it costs, in the points of its dimension's criteria."""
    examples: Several = Field(min_length=1)
    """Candidates' words that assert it."""
    not_this: Several = ()
    """Words that mention it without asserting it, such as a warning against it."""
    correction: Text


class Rubric(Model):
    """The weighted dimensions of a question."""

    dimensions: tuple[Dimension, ...] = Field(min_length=1)

    def criteria(self) -> Iterator[Criterion]:
        """Yield all criteria in the order of the file."""
        for dimension in self.dimensions:
            yield from dimension.criteria
