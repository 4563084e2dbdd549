"""Interviews as they are sent: no score and no criterion before the end."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from interviewer.domain.base import Model, QuestionId, Slug
from interviewer.domain.grading import Grading
from interviewer.domain.interview import Exchange, Panel, StepFigures, StepState
from interviewer.domain.question import Difficulty
from interviewer.wire.base import TEXT, Answer, AnyGrader, Page, Seconds

MAX_QUESTIONS = 5


class InterviewRequest(Model):
    """What a candidate wants to be asked."""

    role: str = Field(
        default="ML infrastructure engineer", min_length=1, max_length=80, json_schema_extra=TEXT
    )
    topics: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    """Ids of topics; none for all."""
    difficulty: Difficulty | None = None
    questions: int = Field(default=3, ge=1, le=MAX_QUESTIONS)
    minutes: int = Field(default=45, ge=1, le=180)
    follow_ups: bool = True
    grader: AnyGrader = None
    """Who grades the answers; null for the service's own choice."""


class AnswerRequest(Model):
    """An answer to the question, or to the follow-up, that is on at a step."""

    step: int = Field(ge=0, lt=MAX_QUESTIONS)
    """Which step the candidate saw, counted from 0; an answer to a step that is past is ignored."""
    answer: Answer
    seconds: Seconds | None = None


class ClarificationRequest(Model):
    """A clarifying question to the interviewer."""

    text: str = Field(min_length=1, max_length=500, json_schema_extra=TEXT)


class RoomStep(Model):
    """One step as the room shows it."""

    question_id: QuestionId
    title: str
    prompt: str
    minutes: int
    state: StepState
    exchanges: tuple[Exchange, ...]
    hints: tuple[str, ...]
    """Those that were taken."""
    next_hint_cost: float | None
    """Percent points that the next one costs; null when there is none left."""
    follow_up: str | None
    follow_up_note: str
    """How the follow-up came about, where that is not what the candidate would expect."""
    draft_id: QuestionId
    """Under which id `/v1/drafts` keeps what is typed for the question, or for the follow-up."""
    grading_id: str | None
    """The grading to watch while the answer is read; it is not shown before the end."""


class InterviewRoom(Model):
    """An interview while it runs, and after."""

    id: str
    role: str
    created_at: datetime
    deadline: datetime
    over: bool
    follow_ups: bool
    place: int
    """Which step is on, counted from 0; their number when all are done."""
    steps: tuple[RoomStep, ...]


class ReportStep(Model):
    """One question of the report; the three figures are null where there is no score."""

    question_id: QuestionId
    title: str
    prompt: str
    answer: str
    grading: Grading | None
    exchanges: tuple[Exchange, ...]
    hints: tuple[str, ...]
    follow_up: str | None
    follow_up_answer: str
    follow_up_grading: Grading | None
    figures: StepFigures | None


class ToPractise(Model):
    """Something to practise next, and why."""

    question_id: QuestionId
    title: str
    statement: str
    gain: float


class InterviewReport(Model):
    """What came of an interview."""

    id: str
    role: str
    created_at: datetime
    finished_at: datetime | None
    pending: int
    """Gradings that have not ended."""
    unanswered: int
    """Questions without an answer; they count as 0."""
    ungraded: int
    """Answers without a score; they are in no figure."""
    percent: float | None
    panel: Panel
    steps: tuple[ReportStep, ...]
    to_practise: tuple[ToPractise, ...]


class InterviewSummary(Model):
    """An interview in the list of one's own."""

    id: str
    role: str
    created_at: datetime
    questions: int
    answered: int
    over: bool


InterviewPage = Page[InterviewSummary]
