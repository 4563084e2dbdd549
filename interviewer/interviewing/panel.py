"""What a hiring panel would say of an interview, made by code from gradings; no model is asked."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interviewer.domain.grading import DimensionGrading, GraderKind, Grading
from interviewer.domain.interview import Ground, Panel, StepFigures
from interviewer.domain.ruling import Assertion, Verdict

YES, LEANS, DIVIDED = 80, 60, 40
"""Percent from which a panel says yes, leans to it, or is divided. Ours: a dimension is solid from
70, so 80 needs most of them solid."""
MOST_MISTAKES = 2


class Answered(NamedTuple):
    """One question of the interview, as the panel sees it."""

    title: str
    grading: Grading | None
    figures: StepFigures | None
    hints: int


class _Seen(NamedTuple):
    title: str
    dimension: DimensionGrading
    percent: float


def panel_of(percent: float | None, answers: Sequence[Answered]) -> Panel:
    """Return the panel's view; without a figure there is nothing to judge yet."""
    if percent is None:
        return Panel(says="There is nothing to judge yet.", grounds=())
    return Panel(says=_view(percent), grounds=tuple(_grounds(answers)))


def _view(percent: float) -> str:
    if percent >= YES:
        return "A panel would very likely say yes."
    if percent >= LEANS:
        return "A panel would lean to yes and ask once more about the gaps."
    if percent >= DIVIDED:
        return "A panel would be divided."
    return "A panel would not say yes on these answers."


def _grounds(answers: Sequence[Answered]) -> Iterator[Ground]:
    seen = [
        _Seen(each.title, dimension, dimension.percent)
        for each in answers
        if each.grading is not None
        for dimension in each.grading.dimensions
        if dimension.percent is not None
    ]
    best = max(seen, key=lambda each: each.percent, default=None)
    worst = min(seen, key=lambda each: each.percent, default=None)
    if best is not None and best.percent > 0:
        yield Ground(words=_named("Strongest", best), quote=_quote(best.dimension))
    if worst is not None and worst.percent < 100:
        yield Ground(words=f"{_named('Weakest', worst)} {_gap(worst.dimension)}".strip(), quote="")
    yield from _mistakes(answers)
    yield from _help_and_silence(answers)


def _named(how: str, seen: _Seen) -> str:
    return f"{how}: “{seen.dimension.title}” in {seen.title}, {seen.percent:.0f} of 100."


def _quote(dimension: DimensionGrading) -> str:
    evidence = (each.quote for criterion in dimension.criteria for each in criterion.evidence)
    return " ".join(next(evidence, "").split())


def _gap(dimension: DimensionGrading) -> str:
    lost = [each for each in dimension.criteria if each.verdict is Verdict.UNMET]
    worst = max(lost, key=lambda each: each.gain or 0, default=None)
    return "" if worst is None else f"Not found: {worst.statement}"


def _mistakes(answers: Sequence[Answered]) -> Iterator[Ground]:
    wrong = [
        (each.title, claim)
        for each in answers
        if each.grading is not None
        for claim in each.grading.misconceptions
        if claim.verdict is Assertion.ASSERTED
    ]
    for title, claim in wrong[:MOST_MISTAKES]:
        quote = " ".join(claim.evidence[0].quote.split()) if claim.evidence else ""
        yield Ground(words=f"Stated wrongly in {title}: {claim.correction}", quote=quote)


def _help_and_silence(answers: Sequence[Answered]) -> Iterator[Ground]:
    hints = sum(each.hints for each in answers)
    if hints:
        yield Ground(words=f"Needed {hints} {'hint' if hints == 1 else 'hints'}.", quote="")
    nudged = sum(each.figures is not None and each.figures.nudge > 0 for each in answers)
    if nudged:
        yield Ground(words=f"Closed {nudged} of the gaps after a nudge.", quote="")
    silent = sum(each.grading is None for each in answers)
    if silent:
        yield Ground(words=f"Left {silent} of {len(answers)} questions unanswered.", quote="")
    kinds = {each.grading.grader.kind for each in answers if each.grading is not None}
    if GraderKind.OFFLINE in kinds:
        yield Ground(words="Graded offline, so all of this is indicative.", quote="")
