"""An appeal is a grading of its own: the earlier rulings, and one criterion ruled on again."""

from typing import Protocol, runtime_checkable

from interviewer.domain.appeal import APPEAL_CRITERION, APPEAL_END, APPEAL_OF, APPEAL_START
from interviewer.domain.base import CriterionId
from interviewer.domain.grading import Grading
from interviewer.domain.question import Question
from interviewer.domain.ruling import (
    Assertion,
    MisconceptionRuling,
    Ruling,
    Verdict,
)
from interviewer.grading.grader import PartRulings
from interviewer.store.gradings import Appeal

PREFIX = "appeal:"


@runtime_checkable
class HearsAppeals(Protocol):
    """A grader that can rule on one criterion again."""

    async def appeal(
        self, question: Question, answer: str, criterion_id: CriterionId, start: int, end: int
    ) -> PartRulings:
        """Rule on one criterion, looking at `answer[start:end]`."""
        ...


def key_of(appeal: Appeal) -> str:
    """Return the key of the only part that an appeal has."""
    return PREFIX + appeal.criterion_id


def earlier_rulings(question: Question, grading: Grading) -> PartRulings:
    """Return what a grading ruled, as one part."""
    found = {each.id: each for each in grading.misconceptions}
    return PartRulings(
        part="earlier",
        rulings=tuple(
            Ruling(
                criterion_id=criterion.id,
                verdict=criterion.verdict,
                evidence=criterion.evidence,
                reason=criterion.reason,
            )
            for dimension in grading.dimensions
            for criterion in dimension.criteria
        ),
        misconceptions=tuple(
            MisconceptionRuling(
                misconception_id=each.id,
                verdict=found[each.id].verdict if each.id in found else Assertion.NOT_ASSERTED,
                evidence=found[each.id].evidence if each.id in found else (),
            )
            for each in question.misconceptions
        ),
        flags=grading.flags,
    )


def heard(ruled: PartRulings) -> PartRulings:
    """Return the appeal's ruling; one that could not be made leaves the earlier one standing."""
    made = tuple(each for each in ruled.rulings if each.verdict is not Verdict.NOT_ASSESSED)
    return ruled.model_copy(update={"rulings": made})


def provenance_of(grading: Grading, appeal: Appeal) -> Grading:
    """Return the grading with the appeal that it came from in its provenance."""
    settings = {
        **grading.provenance.settings,
        APPEAL_OF: appeal.grading_id,
        APPEAL_CRITERION: appeal.criterion_id,
        APPEAL_START: appeal.start,
        APPEAL_END: appeal.end,
    }
    provenance = grading.provenance.model_copy(update={"settings": settings})
    return grading.model_copy(update={"provenance": provenance})
