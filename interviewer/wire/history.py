"""Drafts, attempts and what becomes of them."""

from datetime import datetime

from pydantic import AwareDatetime

from interviewer.domain.attempt import Attempt
from interviewer.domain.base import Model, QuestionId
from interviewer.wire.base import Answer, Page, Seconds


class DraftRequest(Model):
    """What stands in the editor; the newer `typed_at` wins."""

    answer: Answer
    seconds: Seconds = 0
    typed_at: AwareDatetime


class Draft(Model):
    """What was last typed for a question and not yet submitted."""

    question_id: QuestionId
    answer: str
    seconds: float
    typed_at: datetime


class Purged(Model):
    """How much was deleted."""

    attempts: int
    gradings: int
    drafts: int


AttemptPage = Page[Attempt]
