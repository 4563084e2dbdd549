"""Answer -> Grading: screening, the parts of the work, and the numbers, for every grader alike.

`grade` does it all in one process, with no database. A durable engine does the same in steps:
`screen`, one `Grader.rule` a part, and `assemble`.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import NamedTuple

from interviewer.domain.base import AttemptId, CriterionId, GradingId, MisconceptionId, Model
from interviewer.domain.grading import (
    DimensionGrading,
    Grading,
    Provenance,
    Status,
    Usage,
)
from interviewer.domain.question import Question
from interviewer.domain.ruling import (
    Assertion,
    Evidence,
    Flag,
    FlagKind,
    MisconceptionRuling,
    Ruling,
    Verdict,
)
from interviewer.domain.scoring import (
    grade_dimension,
    grade_dimensions,
    grade_misconceptions,
    status_of,
    total,
)
from interviewer.grading.grader import Grader, PartRulings
from interviewer.grading.screening import Screening, screen

MISSING = "The grader said nothing about it; grade the answer again."
NOT_EVIDENCE = "The words cited for it are not the answer's own statement, so they earn nothing."


class Header(Model):
    """What is known of a grading before any work is done."""

    id: GradingId
    attempt_id: AttemptId
    created_at: datetime


class _Facts(NamedTuple):
    rulings: dict[CriterionId, Ruling]
    assertions: dict[MisconceptionId, MisconceptionRuling]
    flags: tuple[Flag, ...]


async def grade(
    grader: Grader,
    question: Question,
    answer: str,
    header: Header,
    now: Callable[[], datetime],
    show: Callable[[DimensionGrading], None] = lambda _: None,
) -> Grading:
    """Return the finished grading; `show` is handed each dimension as it is finished."""
    screening = screen(question, answer)
    shown: set[str] = set()

    def publish(part: PartRulings) -> None:
        for dimension in preview(question, answer, screening, part):
            if dimension.id not in shown:
                shown.add(dimension.id)
                show(dimension)

    async def rule(key: int) -> PartRulings:
        ruled = await grader.rule(question, answer, parts[key], publish)
        publish(ruled)
        return ruled

    parts = () if screening.refusal else grader.parts(question)
    ruled = await asyncio.gather(*map(rule, range(len(parts))))
    seconds = (now() - header.created_at).total_seconds()
    return assemble(grader, question, answer, screening, header, ruled, seconds)


def pending(grader: Grader, question: Question, header: Header, status: Status) -> Grading:
    """Return the grading of work that has not ended, or that was cancelled: no verdicts yet."""
    return Grading(
        id=header.id,
        attempt_id=header.attempt_id,
        question_id=question.id,
        status=status,
        reason=None,
        created_at=header.created_at,
        seconds=None,
        score=None,
        dimensions=(),
        misconceptions=(),
        flags=(),
        grader=grader.identity,
        provenance=provenance(grader, question),
        usage=Usage(),
    )


def provenance(grader: Grader, question: Question) -> Provenance:
    """Return what a grading by this grader would have to be recomputed from."""
    return Provenance(
        rubric_digest=question.digest,
        prompt_digest=grader.prompt_digest,
        package_version=_package_version(),
        settings=grader.settings,
    )


@cache
def _package_version() -> str:
    """Return the installed version; looking it up reads the disk."""
    return version("interviewer")


def preview(
    question: Question, answer: str, screening: Screening, part: PartRulings
) -> tuple[DimensionGrading, ...]:
    """Return the dimensions that a part has finished, as they will be shown."""
    facts = _collect(question, answer, screening, (part,), fill=False)
    return tuple(
        grade_dimension(question, dimension, facts.rulings, facts.assertions)
        for dimension in question.dimensions
        if all(criterion.id in facts.rulings for criterion in dimension.criteria)
    )


def assemble(
    grader: Grader,
    question: Question,
    answer: str,
    screening: Screening,
    header: Header,
    parts: Sequence[PartRulings],
    seconds: float,
) -> Grading:
    """Return the grading that these parts make; whatever is missing was not assessed."""
    if screening.refusal:
        parts = (_refused(question, screening),)
    facts = _collect(question, answer, screening, parts, fill=True)
    status = status_of(question, facts.rulings, facts.assertions)
    dimensions = grade_dimensions(question, facts.rulings, facts.assertions)
    return pending(grader, question, header, status).model_copy(
        update={
            "reason": None if status is Status.GRADED else _reason(facts, screening),
            "seconds": seconds,
            "score": total(dimensions) if status is Status.GRADED else None,
            "dimensions": dimensions,
            "misconceptions": grade_misconceptions(question, facts.assertions),
            "flags": facts.flags,
            "usage": sum((part.usage for part in parts), Usage()),
        }
    )


def _refused(question: Question, screening: Screening) -> PartRulings:
    """Rule on everything as the screening did: unmet, or not assessed."""
    assert screening.refusal is not None
    graded = screening.refusal.status is Status.GRADED
    return PartRulings(
        part="screening",
        rulings=tuple(
            Ruling(
                criterion_id=criterion.id,
                verdict=Verdict.UNMET if graded else Verdict.NOT_ASSESSED,
                reason=screening.refusal.message,
            )
            for criterion in question.rubric.criteria()
        ),
        misconceptions=tuple(
            MisconceptionRuling(
                misconception_id=misconception.id,
                verdict=Assertion.NOT_ASSERTED if graded else Assertion.NOT_ASSESSED,
            )
            for misconception in question.misconceptions
        ),
    )


def _collect(
    question: Question,
    answer: str,
    screening: Screening,
    parts: Iterable[PartRulings],
    *,
    fill: bool,
) -> _Facts:
    """Pair rulings with the question's ids, and withdraw credit that has no evidence."""
    parts = tuple(parts)
    claimed = {ruling.criterion_id: ruling for part in parts for ruling in part.rulings}
    asserted = {m.misconception_id: m for part in parts for m in part.misconceptions}
    flags = [*screening.flags, *(flag for part in parts for flag in part.flags)]
    rulings: dict[CriterionId, Ruling] = {}
    for criterion in question.rubric.criteria():
        ruling = claimed.get(criterion.id) or (_missing(criterion.id) if fill else None)
        if ruling is None:
            continue
        rulings[criterion.id] = kept = _with_evidence(answer, screening, ruling)
        if kept.verdict is not ruling.verdict:
            flags.append(_unsupported(criterion.statement, ruling))
    assertions = {
        m.id: _checked_assertion(answer, screening, asserted[m.id])
        for m in question.misconceptions
        if m.id in asserted
    }
    if fill:
        for m in question.misconceptions:
            assertions.setdefault(m.id, _unchecked(m.id))
    return _Facts(rulings, assertions, tuple(dict.fromkeys(flags)))


def _missing(criterion_id: CriterionId) -> Ruling:
    return Ruling(criterion_id=criterion_id, verdict=Verdict.NOT_ASSESSED, reason=MISSING)


def _unchecked(misconception_id: MisconceptionId) -> MisconceptionRuling:
    return MisconceptionRuling(
        misconception_id=misconception_id, verdict=Assertion.NOT_ASSESSED, reason=MISSING
    )


def _admissible(
    answer: str, screening: Screening, evidence: Iterable[Evidence]
) -> tuple[Evidence, ...]:
    return tuple(
        each
        for each in evidence
        if answer[each.start : each.end] == each.quote and screening.allows(each.start, each.end)
    )


def _with_evidence(answer: str, screening: Screening, ruling: Ruling) -> Ruling:
    if ruling.verdict is not Verdict.MET:
        return ruling
    evidence = _admissible(answer, screening, ruling.evidence)
    if evidence:
        return ruling.model_copy(update={"evidence": evidence})
    return Ruling(criterion_id=ruling.criterion_id, verdict=Verdict.UNMET, reason=NOT_EVIDENCE)


def _checked_assertion(
    answer: str, screening: Screening, ruling: MisconceptionRuling
) -> MisconceptionRuling:
    if ruling.verdict is not Assertion.ASSERTED:
        return ruling
    evidence = _admissible(answer, screening, ruling.evidence)
    verdict = Assertion.ASSERTED if evidence else Assertion.NOT_ASSERTED
    return MisconceptionRuling(
        misconception_id=ruling.misconception_id, verdict=verdict, evidence=evidence
    )


def _unsupported(statement: str, ruling: Ruling) -> Flag:
    return Flag(
        kind=FlagKind.UNSUPPORTED_QUOTE,
        message=f"No credit for {statement!r}: {NOT_EVIDENCE}",
        evidence=ruling.evidence,
    )


def _reason(facts: _Facts, screening: Screening) -> str:
    """Return why a grading has no score: the screening's word, or the commonest of the rulings."""
    if screening.refusal:
        return screening.refusal.message
    reasons = [r.reason for r in facts.rulings.values() if r.verdict is Verdict.NOT_ASSESSED]
    reasons += [m.reason for m in facts.assertions.values() if m.verdict is Assertion.NOT_ASSESSED]
    return max(dict.fromkeys(reasons), key=reasons.count)
