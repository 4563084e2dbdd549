"""Warm-ups as they are shown and judged; places count from 0 in the order that was shown."""

from pydantic import Field

from interviewer.domain.base import Model, QuestionId
from interviewer.domain.question import Difficulty
from interviewer.wire.base import TEXT, Page
from interviewer.wire.questions import DimensionOutline

Options = tuple[str, str, str, str]


class WarmUpCard(Model):
    """Four short answers to one question, shuffled by the run's seed."""

    question_id: QuestionId
    title: str
    prompt: str
    topic: str
    difficulty: Difficulty
    options: Options
    chosen: int | None
    """Where the option stands that was chosen in this run; null before."""


class WarmUpChoice(Model):
    """The option at this place is the best-structured one, the candidate thinks."""

    seed: str = Field(min_length=1, max_length=64, json_schema_extra=TEXT)
    choice: int = Field(ge=0, le=3)


class WarmUpVerdict(Model):
    """Which option was best, why for each of them, and the rubric's chain of dimensions."""

    question_id: QuestionId
    chosen: int
    best: int
    why: Options
    dimensions: tuple[DimensionOutline, ...]
    streak: int
    """How many of the latest choices in a row were best."""
    longest_streak: int


WarmUpPage = Page[WarmUpCard]
