"""Batches: rows in, rows out, and how far all of them are; files and the API have one shape."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from interviewer.domain.base import Model
from interviewer.domain.grading import Grading

FailureKind = Literal["bad-row", "not-found", "answer-rejected", "bad-input", "cancelled"]
BatchStatus = Literal["queued", "running", "done", "cancelled"]


class BatchRow(BaseModel):
    """One row of the input; other keys are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str = Field(min_length=1, max_length=200)
    question_id: str
    answer: str


class BatchError(Model):
    """Why a row could not be graded."""

    kind: FailureKind
    message: str


class GradedRow(Model):
    """One row of the output that was graded, whatever came out."""

    id: str
    grading: Grading


class FailedRow(Model):
    """One row of the output that could not be graded at all; `line` counts from 1."""

    id: str | None
    line: int
    error: BatchError


class BatchCounts(Model):
    """How many rows are in which state; `failed` rows were not gradable at all."""

    total: int
    queued: int
    running: int
    graded: int
    partial: int
    ungraded: int
    failed: int
    cancelled: int

    @property
    def unfinished(self) -> int:
        return self.queued + self.running


class Batch(Model):
    """Many answers graded in one go, below interactive work in priority."""

    id: str
    status: BatchStatus
    created_at: datetime
    counts: BatchCounts
