"""A grading: all rulings of one answer, the numbers made of them, and where they come from.

These types are the JSON that the command line, the API and the export print.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from interviewer.domain.base import (
    AttemptId,
    CriterionId,
    DimensionId,
    GradingId,
    MisconceptionId,
    Model,
    QuestionId,
)
from interviewer.domain.ruling import Assertion, Evidence, Flag, Verdict


class Status(StrEnum):
    """How far a grading is, and whether it ended with a score."""

    QUEUED = "queued"
    RUNNING = "running"
    GRADED = "graded"
    PARTIAL = "partial"
    UNGRADED = "ungraded"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self not in {Status.QUEUED, Status.RUNNING}


class CallShape(StrEnum):
    """What one call to a model covers."""

    DIMENSION = "dimension"
    ANSWER = "answer"
    CRITERION = "criterion"


class Citation(StrEnum):
    """How a model shows its evidence; code finds it in the answer either way."""

    NUMBERS = "numbers"
    """By the numbers of sentences, and a few words of them."""
    QUOTES = "quotes"
    """Word for word, for models that cannot count; about twice the output."""


class GraderKind(StrEnum):
    OFFLINE = "offline"
    LLM = "llm"


class Score(Model):
    """The total of a grading; `percent` is 100 × points ÷ max_points, unrounded."""

    points: float
    max_points: float
    percent: float


class CriterionGrading(Model):
    """One criterion as it is shown."""

    id: CriterionId
    statement: str
    verdict: Verdict
    points: float
    max_points: float
    evidence: tuple[Evidence, ...]
    reason: str
    to_add: str
    gain: float | None
    """Percent points that the total would rise if this criterion alone were met."""


class DimensionGrading(Model):
    """One dimension as it is shown; not-assessed criteria are in neither sum."""

    id: DimensionId
    title: str
    weight: float
    points: float
    max_points: float
    percent: float | None
    summary: str
    criteria: tuple[CriterionGrading, ...]


class MisconceptionGrading(Model):
    """A misconception that was asserted, or that could not be checked."""

    id: MisconceptionId
    dimension: DimensionId
    statement: str
    verdict: Literal[Assertion.ASSERTED, Assertion.NOT_ASSESSED]
    points: float
    evidence: tuple[Evidence, ...]
    correction: str


class GraderIdentity(Model):
    """Who graded; gradings of different graders never share a trend."""

    kind: GraderKind
    model: str
    call_shape: CallShape | None
    votes: int


class Provenance(Model):
    """What a grading must be recomputed from."""

    rubric_digest: str
    prompt_digest: str | None
    package_version: str
    settings: dict[str, str | int | float | bool | None]


class Usage(Model):
    """What the model's server counted; `cost_usd` is null where no price is known."""

    calls: int = 0
    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_usd=(self.cost_usd or 0) + (other.cost_usd or 0) if known else None,
        )


class Grading(Model):
    """One grading of one attempt; regrading appends another."""

    id: GradingId
    attempt_id: AttemptId
    question_id: QuestionId
    status: Status
    reason: str | None
    created_at: datetime
    seconds: float | None
    """How long the grading took; null while it has not ended."""
    score: Score | None
    dimensions: tuple[DimensionGrading, ...]
    misconceptions: tuple[MisconceptionGrading, ...]
    flags: tuple[Flag, ...]
    grader: GraderIdentity
    provenance: Provenance
    usage: Usage
