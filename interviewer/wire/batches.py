"""Batches as they are listed; rows and counts are the domain types themselves."""

from interviewer.domain.batch import Batch
from interviewer.wire.base import Page

BatchPage = Page[Batch]
