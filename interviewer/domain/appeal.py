"""An appeal in the provenance of the grading that it made: against what, and for which words."""

from collections.abc import Sequence

from interviewer.domain.base import CriterionId, GradingId, Model
from interviewer.domain.grading import CriterionGrading, Grading, Status

APPEAL_OF = "appeal_of"
APPEAL_CRITERION = "appeal_criterion"
APPEAL_START = "appeal_start"
APPEAL_END = "appeal_end"
APPEAL_SETTINGS = frozenset({APPEAL_OF, APPEAL_CRITERION, APPEAL_START, APPEAL_END})
"""Settings in the provenance of a grading that an appeal made."""

RULED = frozenset({Status.GRADED, Status.PARTIAL})


def appeal_of(grading: Grading) -> GradingId | None:
    """Return the grading that this one is an appeal against; None for an ordinary one."""
    earlier = grading.provenance.settings.get(APPEAL_OF)
    return GradingId(earlier) if isinstance(earlier, str) else None


def appealed_criterion(grading: Grading) -> CriterionId | None:
    """Return the criterion that an appeal is about; None for an ordinary grading."""
    named = grading.provenance.settings.get(APPEAL_CRITERION)
    return CriterionId(named) if isinstance(named, str) else None


def standing(gradings: Sequence[Grading]) -> Grading:
    """Return the grading that stands: the newest, but for an appeal that made no ruling (yet).

    `gradings` are an attempt's, newest first. Raises: IndexError when there are none.
    """
    ruled = (each for each in gradings if appeal_of(each) is None or each.status in RULED)
    return next(ruled, gradings[0])


class Appealed(Model):
    """One step of a criterion's history: what was ruled before, and the words then pointed at."""

    criterion_id: CriterionId
    before: CriterionGrading
    after: CriterionGrading
    start: int
    end: int
    """`answer[start:end]` are the words that the candidate marked, in code points."""


def appeals(gradings: Sequence[Grading]) -> tuple[Appealed, ...]:
    """Return the appeals that led to the grading of an attempt that stands, the oldest first.

    `gradings` are an attempt's, newest first, as they are kept.
    """
    by_id = {each.id: each for each in gradings}
    found: list[Appealed] = []
    now = standing(gradings) if gradings else None
    while now is not None:
        earlier = appeal_of(now)
        before = None if earlier is None else by_id.get(earlier)
        if before is not None and (made := _appealed(before, now)) is not None:
            found.append(made)
        now = before
    return tuple(reversed(found))


def _appealed(before: Grading, after: Grading) -> Appealed | None:
    settings = after.provenance.settings
    name, start, end = (
        appealed_criterion(after),
        settings.get(APPEAL_START),
        settings.get(APPEAL_END),
    )
    then, now = _criteria(before), _criteria(after)
    if name is None or name not in then or name not in now:
        return None
    if not (isinstance(start, int) and isinstance(end, int)):
        return None
    return Appealed(criterion_id=name, before=then[name], after=now[name], start=start, end=end)


def _criteria(grading: Grading) -> dict[CriterionId, CriterionGrading]:
    return {each.id: each for dimension in grading.dimensions for each in dimension.criteria}
