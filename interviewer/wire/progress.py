"""Progress and the review queue as they are sent."""

from datetime import datetime

from interviewer.domain.base import AttemptId, Model, QuestionId
from interviewer.domain.grading import GraderKind
from interviewer.domain.progress import HeatCell, Trend
from interviewer.wire.base import Page


class GraderCount(Model):
    """How many answers have a score by one yardstick: a grader, its settings and its prompt."""

    yardstick: str
    """Its id, for `?grader=`."""
    kind: GraderKind
    model: str
    answers: int
    first_at: datetime
    """When the first of those answers was given."""


class ProgressReport(Model):
    """Figures by one yardstick; `graders` says which others there are, the one used last first."""

    grader: GraderKind | None
    yardstick: str | None
    """Null before the first score."""
    graders: tuple[GraderCount, ...]
    answers: int
    days_in_a_row: int
    practised: int
    """Questions of the bank that were tried."""
    questions: int
    """Questions of the bank."""
    cost_usd: float
    left_out: int
    """Answers whose question has been reworded since; they are in no figure."""
    trends: tuple[Trend, ...]
    heatmap: tuple[HeatCell, ...]


class ReviewItem(Model):
    """A skill that cost points, and another question that tests it."""

    skill: str
    due_at: datetime
    is_due: bool
    in_days: int
    """Days until it is due, begun ones counted; 0 when it is."""
    interval_days: int
    statement: str
    """The criterion that was not met."""
    attempt_id: AttemptId
    """The attempt in which it was not."""
    failed_question_id: QuestionId
    question_id: QuestionId
    title: str
    minutes: int


ReviewPage = Page[ReviewItem]
