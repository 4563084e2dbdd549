"""Rulings × weights → numbers. The only place that makes a score.

The formulas are those of the public contract ("Arithmetic"): a dimension's fraction is its points
over the points of its assessed criteria; the total is the weighted mean of the fractions over the
dimensions in which anything was assessed.
"""

from collections.abc import Iterable, Mapping

from interviewer.domain.base import CriterionId, MisconceptionId
from interviewer.domain.feedback import summarise
from interviewer.domain.grading import (
    CriterionGrading,
    DimensionGrading,
    MisconceptionGrading,
    Score,
    Status,
)
from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion, Dimension, Misconception
from interviewer.domain.ruling import Assertion, MisconceptionRuling, Ruling, Verdict

NOT_ASSESSED_SHARE = 0.2
"""Above this share of the weight not assessed, a grading is partial and has no score."""

LEVELS = (0.25, 0.70)
"""A dimension's fraction below the first is level 0, below the second level 1, else level 2."""

Rulings = Mapping[CriterionId, Ruling]
Assertions = Mapping[MisconceptionId, MisconceptionRuling]


class Tally:
    """The sums of one dimension, in points."""

    def __init__(self, dimension: Dimension, rulings: Rulings, lost: float) -> None:
        self.assessed = sum(
            c.points
            for c in dimension.criteria
            if rulings[c.id].verdict is not Verdict.NOT_ASSESSED
        )
        self._met = sum(
            c.points for c in dimension.criteria if rulings[c.id].verdict is Verdict.MET
        )
        self._lost = lost

    def points(self, extra: float = 0.0) -> float:
        """Return the dimension's points, never below 0, with `extra` points added to the met."""
        return max(0.0, self._met + extra - self._lost)

    @property
    def fraction(self) -> float | None:
        return self.points() / self.assessed if self.assessed else None


def grade_dimension(
    question: Question, dimension: Dimension, rulings: Rulings, assertions: Assertions
) -> DimensionGrading:
    """Return one dimension with its numbers, as far as it alone can tell them.

    `gain` is reckoned as if every other dimension were assessed; `grade_dimensions` mends that.
    """
    total_weight = sum(each.weight for each in question.dimensions)
    return _grade_dimension(question, dimension, rulings, assertions, total_weight)


def grade_dimensions(
    question: Question, rulings: Rulings, assertions: Assertions
) -> tuple[DimensionGrading, ...]:
    """Return all dimensions in the rubric's order.

    Raises: KeyError when a criterion has no ruling; code that calls this fills the gaps first.
    """
    tallies = {
        d.id: Tally(d, rulings, points_lost(question, d, assertions)) for d in question.dimensions
    }
    weight = sum(d.weight for d in question.dimensions if tallies[d.id].assessed)
    scored = status_of(question, rulings, assertions) is Status.GRADED
    return tuple(
        _grade_dimension(question, d, rulings, assertions, weight if scored else None)
        for d in question.dimensions
    )


def _grade_dimension(
    question: Question,
    dimension: Dimension,
    rulings: Rulings,
    assertions: Assertions,
    total_weight: float | None,
) -> DimensionGrading:
    tally = Tally(dimension, rulings, points_lost(question, dimension, assertions))
    fraction = tally.fraction
    criteria = tuple(
        _grade_criterion(c, rulings[c.id], _gain(c, rulings[c.id], dimension, tally, total_weight))
        for c in dimension.criteria
    )
    return DimensionGrading(
        id=dimension.id,
        title=dimension.title,
        weight=dimension.weight,
        points=tally.points() if tally.assessed else 0.0,
        max_points=tally.assessed,
        percent=None if fraction is None else 100 * fraction,
        summary=summarise(criteria, _asserted(question, dimension, assertions)),
        criteria=criteria,
    )


def _grade_criterion(criterion: Criterion, ruling: Ruling, gain: float | None) -> CriterionGrading:
    return CriterionGrading(
        id=criterion.id,
        statement=criterion.statement,
        verdict=ruling.verdict,
        points=criterion.points if ruling.verdict is Verdict.MET else 0.0,
        max_points=criterion.points,
        evidence=ruling.evidence,
        reason=ruling.reason,
        to_add=criterion.to_add,
        gain=gain,
    )


def _gain(
    criterion: Criterion,
    ruling: Ruling,
    dimension: Dimension,
    tally: Tally,
    total_weight: float | None,
) -> float | None:
    if ruling.verdict is not Verdict.UNMET or not total_weight:
        return None
    rise = tally.points(extra=criterion.points) - tally.points()
    return 100 * dimension.weight * rise / tally.assessed / total_weight


def _asserted(
    question: Question, dimension: Dimension, assertions: Assertions
) -> tuple[Misconception, ...]:
    return tuple(
        m
        for m in question.misconceptions_of(dimension)
        if m.id in assertions and assertions[m.id].verdict is Assertion.ASSERTED
    )


def points_lost(question: Question, dimension: Dimension, assertions: Assertions) -> float:
    """Return the points that asserted misconceptions take off this dimension."""
    return sum(m.points for m in _asserted(question, dimension, assertions))


def grade_misconceptions(
    question: Question, assertions: Assertions
) -> tuple[MisconceptionGrading, ...]:
    """Return the misconceptions that were asserted or could not be checked, in file order."""
    graded: list[MisconceptionGrading] = []
    for misconception in question.misconceptions:
        ruling = assertions.get(misconception.id)
        if ruling is None or ruling.verdict is Assertion.NOT_ASSERTED:
            continue
        graded.append(
            MisconceptionGrading(
                id=misconception.id,
                dimension=misconception.dimension,
                statement=misconception.statement,
                verdict=ruling.verdict,
                points=misconception.points,
                evidence=ruling.evidence,
                correction=misconception.correction,
            )
        )
    return tuple(graded)


def total(dimensions: Iterable[DimensionGrading]) -> Score | None:
    """Return Σ(weight × fraction) of Σ weight over the assessed dimensions; None without any."""
    assessed = [d for d in dimensions if d.max_points > 0]
    if not assessed:
        return None
    points = sum(d.weight * d.points / d.max_points for d in assessed)
    max_points = sum(d.weight for d in assessed)
    return Score(points=points, max_points=max_points, percent=100 * points / max_points)


def not_assessed_share(question: Question, rulings: Rulings, assertions: Assertions) -> float:
    """Return the weighted share of the points that nobody could judge, from 0 to 1.

    A misconception that could not be checked counts with its points; a dimension's share is
    capped at 1.
    """
    unknown = 0.0
    for dimension in question.dimensions:
        points = sum(
            c.points for c in dimension.criteria if rulings[c.id].verdict is Verdict.NOT_ASSESSED
        )
        points += sum(
            m.points
            for m in question.misconceptions_of(dimension)
            if m.id in assertions and assertions[m.id].verdict is Assertion.NOT_ASSESSED
        )
        unknown += dimension.weight * min(1.0, points / dimension.points)
    return unknown / sum(d.weight for d in question.dimensions)


def status_of(question: Question, rulings: Rulings, assertions: Assertions) -> Status:
    """Return `graded`, `partial` or `ungraded`."""
    if all(rulings[c.id].verdict is Verdict.NOT_ASSESSED for c in question.rubric.criteria()):
        return Status.UNGRADED
    share = not_assessed_share(question, rulings, assertions)
    return Status.GRADED if share <= NOT_ASSESSED_SHARE else Status.PARTIAL


def level(fraction: float) -> int:
    """Return the level 0, 1 or 2 of a dimension's fraction."""
    return sum(fraction >= bound for bound in LEVELS)
