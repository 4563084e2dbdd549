"""The report of an interview, made from its gradings; code counts, as everywhere."""

from typing import NamedTuple

from interviewer.domain.base import QuestionId
from interviewer.domain.grading import Grading
from interviewer.domain.interview import Interview, Panel, Step, StepFigures
from interviewer.domain.question import Question
from interviewer.domain.ruling import Verdict
from interviewer.interviewing.panel import Answered, panel_of
from interviewer.service.interviews import Interviews

ADVICE = 3
"""Things to practise that a report names."""


class Gap(NamedTuple):
    """A criterion that cost points."""

    question_id: QuestionId
    title: str
    statement: str
    gain: float


class Told(NamedTuple):
    """One step of the report."""

    question: Question
    step: Step
    answer: str
    grading: Grading | None
    follow_up_answer: str
    follow_up_grading: Grading | None

    @property
    def figures(self) -> StepFigures | None:
        """Return the three figures; None where the answer has no score."""
        if self.step.handed is None:
            return StepFigures(graded=0, hints=0, nudge=0)
        if self.grading is None or self.grading.score is None:
            return None
        taken = self.question.hints[: self.step.hints]
        return StepFigures(
            graded=self.grading.score.percent,
            hints=sum(hint.cost for hint in taken),
            nudge=self._nudge(),
        )

    def _nudge(self) -> float:
        """Return what the follow-up's answer lifts: its one criterion, or nothing."""
        nudge, grading = self.step.nudge, self.follow_up_grading
        if nudge is None or grading is None:
            return 0.0
        verdicts = [c.verdict for d in grading.dimensions for c in d.criteria]
        return nudge.gain if verdicts == [Verdict.MET] else 0.0


class Report(NamedTuple):
    """What came of an interview."""

    interview: Interview
    steps: tuple[Told, ...]

    @property
    def pending(self) -> int:
        gradings = [each for told in self.steps for each in (told.grading, told.follow_up_grading)]
        return sum(each is not None and not each.status.is_final for each in gradings)

    @property
    def percent(self) -> float | None:
        """Return the mean of the steps that have a figure; unanswered questions count as 0."""
        totals = [told.figures.total for told in self.steps if told.figures is not None]
        return sum(totals) / len(totals) if totals else None

    @property
    def panel(self) -> Panel:
        """Return what a hiring panel would say, and on which grounds."""
        answers = [
            Answered(told.question.title, told.grading, told.figures, told.step.hints)
            for told in self.steps
        ]
        return panel_of(self.percent, answers)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return the three largest gaps, one of each question before a second of any."""
        ranked = [(rank, gap) for told in self.steps for rank, gap in enumerate(_gaps_of(told))]
        ranked.sort(key=lambda each: (each[0], -each[1].gain))
        return tuple(gap for _, gap in ranked[:ADVICE])


def _gaps_of(told: Told) -> list[Gap]:
    """Return what cost points in one answer, the largest loss first."""
    if told.grading is None:
        return []
    found = [
        Gap(told.question.id, told.question.title, criterion.statement, criterion.gain)
        for dimension in told.grading.dimensions
        for criterion in dimension.criteria
        if criterion.verdict is Verdict.UNMET and criterion.gain
    ]
    return sorted(found, key=lambda gap: -gap.gain)


async def report_on(interviews: Interviews, owner: str, interview_id: str) -> Report:
    """Return the report as far as it can be told now. Raises: NotFound."""
    interview = await interviews.current(owner, interview_id)
    return Report(
        interview, tuple([await _told(interviews, owner, each) for each in interview.steps])
    )


async def _told(interviews: Interviews, owner: str, step: Step) -> Told:
    follow_up = None if step.nudge is None else step.nudge.handed
    return Told(
        question=interviews.question(step),
        step=step,
        answer=await interviews.words(owner, step.handed),
        grading=await interviews.grading(owner, step.handed),
        follow_up_answer=await interviews.words(owner, follow_up),
        follow_up_grading=await interviews.grading(owner, follow_up),
    )
