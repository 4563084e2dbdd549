"""A question file as far as it can be read: what does not fit the schema is None.

The linter reads drafts, so that a file with a fault in its shape still hears of all the others.
"""

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidatorFunctionWrapHandler
from pydantic.functional_validators import WrapValidator

from interviewer.domain.rubric import Several, ShortForms, Signal

T = TypeVar("T")


def _none_where_it_does_not_fit(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    try:
        return validate(value)
    except ValidationError:
        return None


_LAX = WrapValidator(_none_where_it_does_not_fit)
LaxText = Annotated[str | None, _LAX]
LaxNumber = Annotated[float | None, _LAX]


class _Draft(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class DraftCriterion(_Draft):
    id: LaxText = None
    statement: LaxText = None
    points: LaxNumber = None
    met_example: LaxText = None
    near_miss: LaxText = None
    to_add: LaxText = None
    signals: tuple[Annotated[Signal | None, _LAX, ShortForms], ...] = ()


class DraftDimension(_Draft):
    id: LaxText = None
    weight: LaxNumber = None
    criteria: tuple[Annotated[DraftCriterion, _LAX] | None, ...] = ()


class DraftRubric(_Draft):
    dimensions: tuple[Annotated[DraftDimension, _LAX] | None, ...] = ()


class DraftMisconception(_Draft):
    id: LaxText = None
    dimension: LaxText = None
    statement: LaxText = None
    points: LaxNumber = None
    not_this: Annotated[Several | None, _LAX] = ()


class DraftFollowUp(_Draft):
    criterion: LaxText = None
    ask: LaxText = None


class DraftHint(_Draft):
    cost: LaxNumber = None


class DraftWarmUp(_Draft):
    options: Annotated[tuple[str, ...] | None, _LAX] = None
    best: LaxNumber = None


class DraftAnchor(_Draft):
    name: LaxText = None
    answer: LaxText = None
    verdicts: Annotated[dict[str, str] | None, _LAX] = None
    asserts: Annotated[tuple[str, ...] | None, _LAX] = ()


class DraftQuestion(_Draft):
    """Every part that the linter looks at; parts that cannot be read at all are left out."""

    id: LaxText = None
    topic: LaxText = None
    prompt: LaxText = None
    rubric: Annotated[DraftRubric | None, _LAX] = None
    misconceptions: Annotated[tuple[DraftMisconception | None, ...] | None, _LAX] = ()
    follow_ups: Annotated[tuple[DraftFollowUp | None, ...] | None, _LAX] = ()
    hints: Annotated[tuple[DraftHint | None, ...] | None, _LAX] = ()
    reference_answer: LaxText = None
    warm_up: Annotated[DraftWarmUp | None, _LAX] = None
    anchors: Annotated[tuple[DraftAnchor | None, ...] | None, _LAX] = ()

    @property
    def dimensions(self) -> tuple[tuple[int, DraftDimension], ...]:
        """Return each dimension that can be read, with its place in the file."""
        return readable(self.rubric.dimensions if self.rubric else ())

    @property
    def criteria(self) -> tuple[tuple[tuple[str | int, ...], DraftCriterion], ...]:
        """Return each criterion that can be read, with its key path."""
        return tuple(
            (("rubric", "dimensions", d, "criteria", c), criterion)
            for d, dimension in self.dimensions
            for c, criterion in readable(dimension.criteria)
        )


def readable(parts: tuple[T | None, ...] | None) -> tuple[tuple[int, T], ...]:
    """Return the parts that could be read, each with its place."""
    return tuple((place, part) for place, part in enumerate(parts or ()) if part is not None)


def draft_of(content: object) -> DraftQuestion:
    """Return as much of a file's content as can be read as a question."""
    try:
        return DraftQuestion.model_validate(content)
    except ValidationError:
        return DraftQuestion()
