"""What all domain types have in common: frozen, closed, and with ids as their own types."""

from typing import Annotated, NewType

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SLUG = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
"""Lower-case words joined by single hyphens or underscores."""

CURSOR = r"^c\.[A-Za-z0-9_-]+$"
"""How the cursors of all lists are written; what they hold is the list's own business."""

QuestionId = NewType("QuestionId", str)
TopicId = NewType("TopicId", str)
DimensionId = NewType("DimensionId", str)
CriterionId = NewType("CriterionId", str)
MisconceptionId = NewType("MisconceptionId", str)
AttemptId = NewType("AttemptId", str)
GradingId = NewType("GradingId", str)

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=64)]
IsSlug = Field(pattern=SLUG, max_length=64)
"""The same rule for a field whose type is one of the ids above."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Model(BaseModel):
    """A value: frozen, and refusing fields that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)
