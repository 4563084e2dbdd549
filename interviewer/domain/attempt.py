"""An attempt: one answer to one question by one candidate; it never changes."""

from datetime import datetime

from interviewer.domain.base import AttemptId, Model, QuestionId
from interviewer.domain.grading import Grading


class Attempt(Model):
    """The words as they were submitted, and every grading of them, newest first."""

    id: AttemptId
    question_id: QuestionId
    answer: str
    created_at: datetime
    seconds: float | None
    """How long the candidate took; null where it was not measured."""
    revises: AttemptId | None
    study_mode: bool
    """Whether the reference answer had been unlocked before this attempt."""
    gradings: tuple[Grading, ...]
