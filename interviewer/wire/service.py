"""What the service is, what it would do with an answer, and how it fares."""

from typing import Literal

from pydantic import Field

from interviewer.domain.base import Model, QuestionId
from interviewer.domain.grading import GraderKind
from interviewer.wire.base import TEXT, Answer, AnyGrader


class EstimateRequest(Model):
    """What a grading of this answer would cost."""

    question_id: QuestionId
    answer: Answer
    grader: AnyGrader = None


class Estimate(Model):
    """What will happen with an answer; reckoned before anything is sent."""

    kind: GraderKind
    model: str
    server: str | None
    """Host that the answer would be sent to; null when it stays in this process."""
    leaves_machine: bool
    answer_tokens: int
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    """Null where no price is known."""


class GraderState(Model):
    """Which grader the service uses unless a request names another."""

    kind: GraderKind
    model: str
    server: str | None
    leaves_machine: bool
    consented: bool
    """Whether the caller has agreed to this server and model; always true offline."""
    budget_usd_per_day: float | None
    spent_today_usd: float


class ConsentRequest(Model):
    """The caller agrees that answers go to this model on this server."""

    server: str = Field(min_length=1, max_length=300, json_schema_extra=TEXT)
    model: str = Field(min_length=1, max_length=300, json_schema_extra=TEXT)


class About(Model):
    """What this service is."""

    version: str
    auth: Literal["none", "keys", "oidc"]
    max_answer_tokens: int
    grader: GraderState


class PartHealth(Model):
    """One part of the service, and what is wrong with it."""

    name: str
    ready: bool
    message: str


class Readiness(Model):
    """Whether the service can take work; `parts` says which part cannot."""

    ready: bool
    parts: tuple[PartHealth, ...]


class ProblemField(Model):
    """One field of a request that cannot be used, and the fix."""

    field: str
    message: str


class Problem(Model):
    """What went wrong (RFC 9457); `detail` is a sentence fit for a user's eyes."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None
    errors: tuple[ProblemField, ...]
