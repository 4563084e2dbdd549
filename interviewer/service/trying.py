"""Tries a question on its own texts: does the offline grader see what its author sees?"""

from collections.abc import Iterator
from itertools import combinations

from interviewer.clock import Clock
from interviewer.domain.grading import Grading
from interviewer.domain.question import Anchor, Question
from interviewer.domain.ruling import (
    Assertion,
    Evidence,
    MisconceptionRuling,
    Ruling,
    Verdict,
)
from interviewer.domain.scoring import grade_dimensions, total
from interviewer.grading.grader import Grader
from interviewer.service.grading import grade_now

REFERENCE_PERCENT = 90.0
"""What a reference answer must earn offline."""
CLEAR_LEAD = 25.0
"""Percent points by which agreed verdicts must differ for two anchors to have an order."""

Finding = tuple[tuple[str | int, ...], str]
_SOMETHING = (Evidence(quote="", start=0, end=0),)


async def try_reference(grader: Grader, question: Question, clock: Clock) -> list[Finding]:
    """Return a finding if the reference answer fails its own rubric."""
    grading = await grade_now(grader, question, question.reference_answer, clock)
    percent = _percent(grading)
    if percent >= REFERENCE_PERCENT:
        return []
    missing = ", ".join(
        c.id for d in grading.dimensions for c in d.criteria if c.verdict is not Verdict.MET
    )
    wrong = "".join(f"; it is taken to assert {m.id}" for m in grading.misconceptions)
    message = (
        f"earns {percent:.0f} of 100 offline, {REFERENCE_PERCENT:.0f} is the least; not found: "
        f"{missing}{wrong}; mend the signals or the answer"
    )
    return [(("reference_answer",), message)]


async def try_anchors(grader: Grader, question: Question, clock: Clock) -> list[Finding]:
    """Return a finding for every two anchors that the grader puts in the wrong order."""
    earned = [
        _percent(await grade_now(grader, question, anchor.answer, clock))
        for anchor in question.anchors
    ]
    return list(_inversions(question, earned))


def _inversions(question: Question, earned: list[float]) -> Iterator[Finding]:
    agreed = [agreed_percent(question, anchor) for anchor in question.anchors]
    for a, b in combinations(range(len(earned)), 2):
        better, worse = (a, b) if agreed[a] > agreed[b] else (b, a)
        if agreed[better] - agreed[worse] >= CLEAR_LEAD and earned[better] <= earned[worse]:
            name = question.anchors[worse].name
            message = (
                f"earns {earned[better]:.0f} offline and {name!r} {earned[worse]:.0f}, though the "
                f"agreed verdicts give {agreed[better]:.0f} and {agreed[worse]:.0f}"
            )
            yield ("anchors", better, "answer"), message


def agreed_percent(question: Question, anchor: Anchor) -> float:
    """Return what an anchor's agreed verdicts are worth, of 100."""
    rulings = {
        criterion.id: Ruling(
            criterion_id=criterion.id,
            verdict=Verdict(anchor.verdicts.get(criterion.id, "unmet")),
            evidence=_SOMETHING,
            reason="agreed",
        )
        for criterion in question.rubric.criteria()
    }
    assertions = {
        name: MisconceptionRuling(
            misconception_id=name, verdict=Assertion.ASSERTED, evidence=_SOMETHING
        )
        for name in anchor.asserts
    }
    score = total(grade_dimensions(question, rulings, assertions))
    assert score is not None
    return score.percent


def _percent(grading: Grading) -> float:
    return grading.score.percent if grading.score else 0.0
