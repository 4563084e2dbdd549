"""Batches as they are watched."""

from datetime import datetime
from typing import Literal

from interviewer.domain.base import Model
from interviewer.wire.base import Page


class BatchCounts(Model):
    """How many rows are in which state; `failed` rows were not gradable at all."""

    total: int
    queued: int
    graded: int
    partial: int
    ungraded: int
    failed: int
    cancelled: int


class Batch(Model):
    """Many answers graded in one go, below interactive work in priority."""

    id: str
    status: Literal["queued", "running", "done", "cancelled"]
    created_at: datetime
    counts: BatchCounts


BatchPage = Page[Batch]
