"""Questions and topics as they are sent; the solution only after an attempt."""

from pydantic import Field

from interviewer.domain.base import DimensionId, Model, QuestionId
from interviewer.domain.grading import GraderKind
from interviewer.domain.question import Anchor, Difficulty, Hint, Kind, Topic
from interviewer.domain.rubric import Misconception, Rubric
from interviewer.wire.base import TEXT, Answer, Page


class TopicSummary(Topic):
    """A topic and how many of its questions there are."""

    questions: int
    practised: int
    """How many of them the caller has attempted."""


class BestScore(Model):
    """The best grading under the current rubric; LLM gradings go before offline ones."""

    percent: float
    grader: GraderKind


class QuestionSummary(Model):
    """A question as a card shows it."""

    id: QuestionId
    title: str
    topic: str
    kind: Kind
    difficulty: Difficulty
    minutes: int
    attempts: int
    """How often the caller has attempted it."""
    best: BestScore | None


class DimensionOutline(Model):
    """What an answer is graded on, without saying how."""

    id: DimensionId
    title: str
    weight: float


class Solution(Model):
    """What is locked until an attempt, or until study mode is switched on."""

    digest: str
    rubric: Rubric
    misconceptions: tuple[Misconception, ...]
    reference_answer: str
    clarifications: tuple[str, ...]
    anchors: tuple[Anchor, ...]


class QuestionDetail(QuestionSummary):
    """A question as the practise page shows it."""

    prompt: str
    dimensions: tuple[DimensionOutline, ...]
    hints: tuple[Hint, ...]
    study_mode: bool
    """Whether the solution was unlocked before an attempt."""
    solution: Solution | None


class FaultReport(Model):
    """One thing that is wrong in a question file; `line` counts from 1, 0 where none is known."""

    line: int
    where: str
    message: str


class CheckRequest(Model):
    """A question file as text (YAML)."""

    text: str = Field(max_length=200_000, json_schema_extra=TEXT)


class TrialRequest(Model):
    """An answer to the question in a file, to see what the offline grader makes of the two."""

    text: str = Field(max_length=200_000, json_schema_extra=TEXT)
    answer: Answer


class CheckReport(Model):
    """What the linter found; a file without faults can be graded against."""

    faults: tuple[FaultReport, ...]


QuestionPage = Page[QuestionSummary]
TopicPage = Page[TopicSummary]
