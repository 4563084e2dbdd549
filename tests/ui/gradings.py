"""Gradings of a small question, for tests of what is drawn."""

from datetime import UTC, datetime

from interviewer.domain.attempt import Attempt
from interviewer.domain.base import AttemptId, CriterionId, GradingId, MisconceptionId
from interviewer.domain.grading import (
    GraderIdentity,
    GraderKind,
    Grading,
    Provenance,
    Status,
    Usage,
)
from interviewer.domain.ruling import Assertion, Evidence, MisconceptionRuling, Ruling, Verdict
from interviewer.domain.scoring import grade_dimensions, grade_misconceptions, status_of, total
from tests.domain.questions import SMALL

ANSWER = "I would use a <b>cache</b>. The cache is free."
WHEN = datetime(2026, 11, 3, 12, tzinfo=UTC)


def evidence(words: str) -> Evidence:
    start = ANSWER.index(words)
    return Evidence.cut(ANSWER, start, start + len(words))


def ruling(criterion_id: CriterionId, verdict: Verdict) -> Ruling:
    found = (evidence("<b>cache</b>"),) if verdict is Verdict.MET else ()
    return Ruling(criterion_id=criterion_id, verdict=verdict, evidence=found, reason="Because.")


def grading(
    *met: str, wrong: tuple[str, ...] = (), unknown: tuple[str, ...] = (), llm: bool = False
) -> Grading:
    """Return a grading in which these criteria are met and the others are not."""
    rulings = {
        c.id: ruling(
            c.id,
            Verdict.MET
            if c.id in met
            else Verdict.NOT_ASSESSED
            if c.id in unknown
            else Verdict.UNMET,
        )
        for c in SMALL.rubric.criteria()
    }
    claims = {
        MisconceptionId(each): MisconceptionRuling(
            misconception_id=MisconceptionId(each),
            verdict=Assertion.ASSERTED,
            evidence=(evidence("The cache is free."),),
        )
        for each in wrong
    }
    rows = grade_dimensions(SMALL, rulings, claims)
    status = status_of(SMALL, rulings, claims)
    return Grading(
        id=GradingId("g1"),
        attempt_id=AttemptId("a1"),
        question_id=SMALL.id,
        status=status,
        reason=None if status is Status.GRADED else "The model did not answer in time.",
        created_at=WHEN,
        seconds=1.25,
        score=total(rows) if status is Status.GRADED else None,
        dimensions=rows,
        misconceptions=grade_misconceptions(SMALL, claims),
        flags=(),
        grader=GraderIdentity(
            kind=GraderKind.LLM if llm else GraderKind.OFFLINE,
            model="a-model" if llm else "offline",
            call_shape=None,
            votes=1,
        ),
        provenance=Provenance(
            rubric_digest=SMALL.digest, prompt_digest=None, package_version="0", settings={}
        ),
        usage=Usage(cost_usd=0.0061),
    )


def attempt(graded: Grading) -> Attempt:
    return Attempt(
        id=AttemptId("a1"),
        question_id=SMALL.id,
        answer=ANSWER,
        created_at=WHEN,
        seconds=60,
        revises=None,
        study_mode=False,
        gradings=(graded,),
    )
