"""How a candidate gets on: scores over time, skills that cost points, and what to review when.

Everything here is reckoned from stored gradings. Gradings of different graders, and of an older
wording of a question, are never put into one figure: callers choose one grader, and sightings of
old wordings are left out and counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from interviewer.domain.base import AttemptId, CriterionId, Model, QuestionId
from interviewer.domain.grading import Grading
from interviewer.domain.question import Question
from interviewer.domain.ruling import Verdict

INTERVALS = (1, 3, 7, 14)
"""Days until a skill comes back: after a failure, and after each review that went well."""


class Outcome(Model):
    """How one criterion went; what was not assessed makes none."""

    criterion_id: CriterionId
    statement: str
    skills: tuple[str, ...]
    met: bool
    points: float


class Sighting(Model):
    """One graded attempt, with what progress is reckoned from."""

    attempt_id: AttemptId
    question_id: QuestionId
    topic: str
    at: datetime
    percent: float
    dimensions: dict[str, float]
    """Percent of each dimension that was assessed, by its title."""
    outcomes: tuple[Outcome, ...]


class Line(StrEnum):
    """What a trend is about."""

    OVERALL = "overall"
    TOPIC = "topic"
    SKILL = "skill"
    DIMENSION = "dimension"


class TrendPoint(Model):
    """One answer's figure."""

    attempt_id: AttemptId
    at: datetime
    percent: float


class Trend(Model):
    """Figures over time, oldest first, all of one grader and of today's rubrics."""

    line: Line
    name: str
    """A topic's id, a skill, or a dimension's title; empty for the total."""
    question_id: QuestionId | None
    """The question that a dimension belongs to; null for the other lines."""
    points: tuple[TrendPoint, ...]


class HeatCell(Model):
    """How many criteria of one skill were met within a topic; the newest answer counts."""

    topic: str
    skill: str
    met: int
    criteria: int
    lost: float
    """Points of the criteria that were not met."""


def sighting(attempt_id: AttemptId, at: datetime, grading: Grading, question: Question) -> Sighting:
    """Return what progress needs of a grading that has a score, under today's wording.

    Raises: ValueError when the grading has no score; callers ask for graded ones only.
    """
    if grading.score is None:
        raise ValueError(f"grading {grading.id!r} has no score")
    skills = {criterion.id: criterion.skills for criterion in question.rubric.criteria()}
    return Sighting(
        attempt_id=attempt_id,
        question_id=question.id,
        topic=question.topic,
        at=at,
        percent=grading.score.percent,
        dimensions={
            each.title: each.percent for each in grading.dimensions if each.percent is not None
        },
        outcomes=tuple(
            Outcome(
                criterion_id=each.id,
                statement=each.statement,
                skills=skills[each.id],
                met=each.verdict is Verdict.MET,
                points=each.max_points,
            )
            for dimension in grading.dimensions
            for each in dimension.criteria
            if each.verdict is not Verdict.NOT_ASSESSED
        ),
    )


def trends(sightings: Iterable[Sighting]) -> tuple[Trend, ...]:
    """Return the lines that have at least one point: the total, topics, skills, dimensions."""
    lines: dict[tuple[Line, str, QuestionId | None], list[TrendPoint]] = defaultdict(list)
    for seen in sorted(sightings, key=lambda each: each.at):
        lines[Line.OVERALL, "", None].append(_point(seen, seen.percent))
        lines[Line.TOPIC, seen.topic, None].append(_point(seen, seen.percent))
        for title, percent in seen.dimensions.items():
            lines[Line.DIMENSION, title, seen.question_id].append(_point(seen, percent))
        for skill, (met, of) in _by_skill(seen).items():
            lines[Line.SKILL, skill, None].append(_point(seen, 100 * met / of))
    return tuple(
        Trend(line=line, name=name, question_id=question_id, points=tuple(points))
        for (line, name, question_id), points in lines.items()
    )


def _point(seen: Sighting, percent: float) -> TrendPoint:
    return TrendPoint(attempt_id=seen.attempt_id, at=seen.at, percent=percent)


def _by_skill(seen: Sighting) -> dict[str, tuple[int, int]]:
    """Return how many criteria of each skill were met, and of how many."""
    counts: dict[str, tuple[int, int]] = {}
    for outcome in seen.outcomes:
        for skill in outcome.skills:
            met, of = counts.get(skill, (0, 0))
            counts[skill] = (met + outcome.met, of + 1)
    return counts


def heatmap(sightings: Iterable[Sighting]) -> tuple[HeatCell, ...]:
    """Return topic by skill, from the newest answer to each question, most points lost first."""
    newest: dict[QuestionId, Sighting] = {}
    for seen in sorted(sightings, key=lambda each: each.at):
        newest[seen.question_id] = seen
    cells: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for seen in newest.values():
        for outcome in seen.outcomes:
            for skill in outcome.skills:
                cells[seen.topic, skill].append(outcome)
    found = (
        HeatCell(
            topic=topic,
            skill=skill,
            met=sum(each.met for each in outcomes),
            criteria=len(outcomes),
            lost=sum(each.points for each in outcomes if not each.met),
        )
        for (topic, skill), outcomes in cells.items()
    )
    return tuple(sorted(found, key=lambda cell: (-cell.lost, cell.topic, cell.skill)))


def days_in_a_row(days: Iterable[date], today: date) -> int:
    """Return the length of the row of practised days that reaches today or yesterday."""
    practised = set(days)
    last = today if today in practised else today - timedelta(days=1)
    row = 0
    while last - timedelta(days=row) in practised:
        row += 1
    return row


class Review(Model):
    """A skill that cost points and comes back."""

    skill: str
    due_at: datetime
    interval_days: int
    failed: Outcome
    """The criterion that brought it here: the newest failure."""
    attempt_id: AttemptId
    question_id: QuestionId
    """The question that it was failed on."""


def reviews(sightings: Iterable[Sighting]) -> tuple[Review, ...]:
    """Return what is to be reviewed, the earliest first.

    A failed criterion brings each of its skills back after a day. An answer on or after that day
    which meets the skill moves it on to 3, 7 and 14 days, and then out; one that fails it again
    brings it back to a day. An early success changes nothing, so that one sitting cannot empty
    the queue.
    """
    waiting: dict[str, Review] = {}
    for seen in sorted(sightings, key=lambda each: each.at):
        for skill in {skill for outcome in seen.outcomes for skill in outcome.skills}:
            failed = [each for each in seen.outcomes if skill in each.skills and not each.met]
            if failed:
                waiting[skill] = _failed(skill, seen, failed)
            elif skill in waiting and seen.at >= waiting[skill].due_at:
                _move_on(waiting, skill, seen.at)
    return tuple(sorted(waiting.values(), key=lambda each: (each.due_at, each.skill)))


def _failed(skill: str, seen: Sighting, failed: Sequence[Outcome]) -> Review:
    return Review(
        skill=skill,
        due_at=seen.at + timedelta(days=INTERVALS[0]),
        interval_days=INTERVALS[0],
        failed=max(failed, key=lambda each: each.points),
        attempt_id=seen.attempt_id,
        question_id=seen.question_id,
    )


def _move_on(waiting: dict[str, Review], skill: str, at: datetime) -> None:
    step = INTERVALS.index(waiting[skill].interval_days) + 1
    if step == len(INTERVALS):
        del waiting[skill]
        return
    days = INTERVALS[step]
    waiting[skill] = waiting[skill].model_copy(
        update={"interval_days": days, "due_at": at + timedelta(days=days)}
    )


def another_question(
    review: Review, bank: Iterable[Question], tries: Mapping[QuestionId, int]
) -> Question | None:
    """Return a question that tests the same skill: another one if there is any.

    Untried ones go first, then those of the same topic, then those with most criteria of the skill.
    """

    def rank(question: Question) -> tuple[bool, int, bool, int, str]:
        return (
            question.id == review.question_id,
            tries.get(question.id, 0),
            question.topic != topics.get(review.question_id),
            -_weight(question, review.skill),
            question.id,
        )

    fitting = [question for question in bank if _weight(question, review.skill)]
    topics = {question.id: question.topic for question in fitting}
    return min(fitting, key=rank, default=None)


def _weight(question: Question, skill: str) -> int:
    return sum(skill in criterion.skills for criterion in question.rubric.criteria())
