"""Turns what a model said about one claim into a ruling, or into the reason why it is none."""

from dataclasses import dataclass
from enum import StrEnum

from interviewer.domain.rubric import Criterion, Misconception
from interviewer.domain.ruling import (
    Assertion,
    Evidence,
    Flag,
    FlagKind,
    MisconceptionRuling,
    Ruling,
    Verdict,
)
from interviewer.grading.llm.claims import Claim
from interviewer.grading.llm.reply import CRITERION_VERDICTS, MISCONCEPTION_VERDICTS, Reading, Said
from interviewer.grading.llm.sheet import Sheet, Unsupported

AnyRuling = Ruling | MisconceptionRuling


class Fault(StrEnum):
    """Why there is no ruling on a claim."""

    NO_REPLY = "no_reply"
    """The call itself failed, after all the retries that it deserved."""
    UNUSABLE = "unusable"
    """There was a reply, and the claim was not properly ruled on in it."""
    UNSUPPORTED = "unsupported"
    """The model gave credit or blame without evidence that holds."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a claim has no ruling yet."""

    fault: Fault
    reason: str
    """For the candidate, where it stays without one."""
    trouble: str = ""
    """For the model, when it is asked again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A ruling that stands."""

    ruling: AnyRuling
    doubtful: bool = False
    """Whether the model itself was not sure."""


def judge(claim: Claim, reading: Reading, sheet: Sheet) -> Finding | Problem:
    """Return what a reply says about a claim, once code has checked it."""
    if claim.id in reading.twice:
        return _unusable("ruled on it twice, differently", f"{claim.id} was ruled on twice.")
    said = reading.said.get(claim.id)
    if said is None:
        return _unusable("left it out", f"{claim.id} was missing.")
    menu = CRITERION_VERDICTS if isinstance(claim, Criterion) else MISCONCEPTION_VERDICTS
    if said.verdict not in menu:
        offered = " or ".join(menu)
        return _unusable(
            "gave a verdict that was not on offer", f"the verdict of {claim.id} must be {offered}."
        )
    if isinstance(claim, Criterion):
        return _judge_criterion(claim, said, sheet)
    return _judge_misconception(claim, said, sheet)


def _judge_criterion(claim: Criterion, said: Said, sheet: Sheet) -> Finding | Problem:
    doubtful = said.verdict.startswith("likely_")
    if said.verdict.endswith("unmet"):
        reason = said.reasoning or "The answer does not say this."
        ruling = Ruling(criterion_id=claim.id, verdict=Verdict.UNMET, reason=reason)
        return Finding(ruling, doubtful)
    evidence = _evidence(said, sheet)
    if isinstance(evidence, Unsupported):
        return _unsupported(claim, evidence)
    ruling = Ruling(
        criterion_id=claim.id,
        verdict=Verdict.MET,
        evidence=evidence,
        reason=said.reasoning or "The answer says this.",
    )
    return Finding(ruling, doubtful)


def _judge_misconception(claim: Misconception, said: Said, sheet: Sheet) -> Finding | Problem:
    if said.verdict == "not_asserted":
        return Finding(
            MisconceptionRuling(misconception_id=claim.id, verdict=Assertion.NOT_ASSERTED)
        )
    evidence = _evidence(said, sheet)
    if isinstance(evidence, Unsupported):
        return _unsupported(claim, evidence)
    ruling = MisconceptionRuling(
        misconception_id=claim.id,
        verdict=Assertion.ASSERTED,
        evidence=evidence,
        reason=said.reasoning,
    )
    return Finding(ruling)


def _evidence(said: Said, sheet: Sheet) -> tuple[Evidence, ...] | Unsupported:
    if said.quotes is None:
        return sheet.cite(said.sentences, said.words)
    return sheet.quote(said.quotes)


def _unusable(predicate: str, trouble: str) -> Problem:
    return Problem(
        Fault.UNUSABLE, f"The model {predicate}, even when asked again; grade again.", trouble
    )


def _unsupported(claim: Claim, evidence: Unsupported) -> Problem:
    reason = "No words of the answer were found that show this."
    return Problem(Fault.UNSUPPORTED, reason, f"{claim.id}: {evidence.why}")


def concede(claim: Claim, problem: Problem) -> AnyRuling:
    """Return the ruling on a claim that got none: unmet only where evidence was wanting twice."""
    unsupported = problem.fault is Fault.UNSUPPORTED
    if isinstance(claim, Criterion):
        verdict = Verdict.UNMET if unsupported else Verdict.NOT_ASSESSED
        return Ruling(criterion_id=claim.id, verdict=verdict, reason=problem.reason)
    return MisconceptionRuling(
        misconception_id=claim.id,
        verdict=Assertion.NOT_ASSERTED if unsupported else Assertion.NOT_ASSESSED,
        reason=problem.reason,
    )


def remark(claim: Claim, problem: Problem) -> Flag | None:
    """Return the flag for a claim whose evidence was wanting twice."""
    if problem.fault is not Fault.UNSUPPORTED or not isinstance(claim, Criterion):
        return None
    return Flag(
        kind=FlagKind.UNSUPPORTED_QUOTE,
        message=f"The model saw this point but could not show where: {claim.statement}",
    )


def doubt(claim: Claim, votes: str = "") -> Flag:
    """Return the flag for a claim that the model was not sure about."""
    return Flag(
        kind=FlagKind.UNCERTAIN,
        message=f"The model was not sure about this point{votes}: {claim.statement}",
    )
