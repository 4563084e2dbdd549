"""An interview: questions in order, one clock, and what each step may become.

A step goes question -> reading -> (follow_up ->) done. Every transition returns a new interview
and can be asked for twice: a page that is loaded again changes nothing.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from interviewer.domain.base import AttemptId, CriterionId, GradingId, Model, QuestionId
from interviewer.domain.grading import GraderKind
from interviewer.errors import Conflict

GRACE = timedelta(seconds=30)
"""How long after the deadline an answer on its way still counts: browsers send it at zero."""


class StepState(StrEnum):
    """How far a step is."""

    WAITING = "waiting"
    QUESTION = "question"
    READING = "reading"
    FOLLOW_UP = "follow_up"
    DONE = "done"


class Exchange(Model):
    """A clarifying question and the interviewer's reply."""

    asked: str
    replied: str
    is_fact: bool
    """Whether the reply is one of the question's facts; else it is the candidate's to assume."""
    note: str = ""
    """How the reply came about, where that is not what the candidate would expect."""


class Handed(Model):
    """An answer that was handed in, and the grading of it."""

    attempt_id: AttemptId
    grading_id: GradingId


class Nudge(Model):
    """The one follow-up of a step, aimed at one criterion."""

    criterion_id: CriterionId
    ask: str
    gain: float
    """Percent points that the criterion is worth, by the first grading."""
    note: str = ""
    """How the words came about, where that is not what the candidate would expect."""
    handed: Handed | None = None


class Step(Model):
    """One question of the interview."""

    question_id: QuestionId
    hints: int = 0
    """How many of the question's hints were taken."""
    exchanges: tuple[Exchange, ...] = ()
    handed: Handed | None = None
    follow_up_settled: bool = False
    """Whether it is decided that there is a follow-up, or that there is none."""
    nudge: Nudge | None = None

    @property
    def state(self) -> StepState:
        if self.handed is None:
            return StepState.QUESTION
        if not self.follow_up_settled:
            return StepState.READING
        if self.nudge is not None and self.nudge.handed is None:
            return StepState.FOLLOW_UP
        return StepState.DONE


class Interview(Model):
    """One sitting."""

    id: str
    role: str
    created_at: datetime
    deadline: datetime
    finished_at: datetime | None = None
    follow_ups: bool
    grader: GraderKind | None = None
    """Who grades its answers; None leaves it to the service."""
    steps: tuple[Step, ...]

    @property
    def place(self) -> int:
        """Return which step is on; the number of steps when all are done."""
        for n, step in enumerate(self.steps):
            if step.state is not StepState.DONE:
                return n
        return len(self.steps)

    def is_over(self, now: datetime) -> bool:
        """Return whether nothing more can be answered."""
        all_done = self.place == len(self.steps)
        return self.finished_at is not None or all_done or now > self.deadline + GRACE

    def open_step(self, now: datetime) -> Step:
        """Return the step that is on. Raises: Conflict when the interview is over."""
        if self.is_over(now):
            raise Conflict(f"Interview {self.id!r} is over; open its report.")
        return self.steps[self.place]

    def with_step(self, place: int, **changes: object) -> "Interview":
        """Return the interview with one step changed."""
        step = self.steps[place].model_copy(update=changes)
        steps = (*self.steps[:place], step, *self.steps[place + 1 :])
        return self.model_copy(update={"steps": steps})

    def finished(self, now: datetime) -> "Interview":
        """Return the interview as ended; an earlier end stays."""
        return self if self.finished_at else self.model_copy(update={"finished_at": now})


class Ground(Model):
    """One thing that a hiring panel would point at."""

    words: str
    quote: str
    """The candidate's own words for it; empty where there are none to show."""


class Panel(Model):
    """What a hiring panel would say, and on which grounds."""

    says: str
    grounds: tuple[Ground, ...]


class StepFigures(Model):
    """The three figures of a step, in percent points, and what they come to."""

    graded: float
    hints: float
    """What the hints cost; shown as taken off."""
    nudge: float
    """What the follow-up's answer added."""

    @property
    def total(self) -> float:
        return min(100.0, max(0.0, self.graded - self.hints + self.nudge))
