"""Grading requests and the events of a grading; the grading itself is the domain type."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from interviewer.domain.base import AttemptId, CriterionId, Model, QuestionId
from interviewer.domain.grading import (
    DimensionGrading,
    GraderKind,
    Grading,
    MisconceptionGrading,
    Usage,
)
from interviewer.domain.question import Question
from interviewer.wire.base import TEXT, Answer, AnyGrader, Offset, Seconds

_ONE_QUESTION: JsonDict = {
    "oneOf": [
        {"required": ["question_id"], "properties": {"question_id": {"type": "string"}}},
        {"required": ["question"], "properties": {"question": {"type": "object"}}},
    ]
}


class GradingRequest(Model):
    """An answer to be graded, against a question of the bank or one's own."""

    model_config = ConfigDict(json_schema_extra=_ONE_QUESTION)

    question_id: QuestionId | None = None
    question: Question | None = None
    """A question of the caller's own, sent along."""
    answer: Answer
    grader: AnyGrader = None
    """Null for the service's own choice."""
    revises: AttemptId | None = None
    seconds: Seconds | None = None
    """How long the candidate took."""

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        if (self.question_id is None) == (self.question is None):
            raise ValueError("send either question_id or question, not both")
        return self


class RegradeRequest(Model):
    """Grade the same answer again; both gradings are kept."""

    grader: AnyGrader = None


class AppealRequest(Model):
    """The candidate's own words that a criterion should have been met by."""

    criterion_id: CriterionId
    start: Offset
    """Unicode code points from the start of the answer."""
    end: Offset
    note: str = Field(default="", max_length=2000, json_schema_extra=TEXT)
    """Kept with the appeal and shown to no model: only what stands in the answer earns credit."""


class StrongerOutline(Model):
    """The note lines of a stronger answer; it changes no verdict and is not kept."""

    grader: GraderKind
    """Offline, no model wrote it: code set the rubric's own suggestions one below the other."""
    model: str
    """The model that wrote it; empty offline."""
    outline: tuple[str, ...]
    usage: Usage


class DimensionEvent(Model):
    """A dimension is finished; `id` counts from 1."""

    id: int
    event: Literal["dimension"]
    data: DimensionGrading


class MisconceptionEvent(Model):
    """A misconception was found, or could not be checked."""

    id: int
    event: Literal["misconception"]
    data: MisconceptionGrading


class DoneEvent(Model):
    """The grading has ended; nothing follows."""

    id: int
    event: Literal["done"]
    data: Grading


GradingEvent = Annotated[
    DimensionEvent | MisconceptionEvent | DoneEvent, Field(discriminator="event")
]
