"""A stronger outline of an answer, on request: what it said, with what was missing worked in.

It changes no verdict and no number, and it is not stored.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from interviewer.domain.base import Model
from interviewer.domain.grading import GraderKind, Grading, Status, Usage
from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion
from interviewer.domain.ruling import Verdict
from interviewer.engine.graders import Graders
from interviewer.errors import Conflict, InputError
from interviewer.store import attempts, gradings, rubrics
from interviewer.store.database import Database


@runtime_checkable
class WritesOutlines(Protocol):
    """A grader that can put an outline into words."""

    async def outline(
        self, question: Question, answer: str, missing: Sequence[Criterion]
    ) -> tuple[tuple[str, ...], Usage]:
        """Return the note lines of a stronger answer. Raises: ModelTrouble."""
        ...


class Outline(Model):
    """The note lines of a stronger answer."""

    grader: GraderKind
    """Offline, no model wrote it: code set the rubric's own suggestions one below the other."""
    model: str
    """Empty offline."""
    lines: tuple[str, ...]
    usage: Usage


class Outlines:
    """Makes outlines for gradings that have rulings."""

    def __init__(self, database: Database, graders: Graders) -> None:
        self._database = database
        self._graders = graders

    async def outline(self, owner: str, grading_id: str) -> Outline:
        """Return a stronger outline of the graded answer, by the kind of grader that graded it.

        The answer of an offline grading is sent nowhere. The model is given the question, the
        answer and the statements of the unmet criteria, in the rubric's order.

        Raises: NotFound; Conflict while the grading has no rulings; InputError when there is no
            model any more; GraderTrouble or SetupError when it cannot be asked now.
        """
        async with self._database.begin() as session:
            row = await gradings.find_row(session, owner, grading_id)
            attempt = await attempts.find_row(session, owner, row.attempt_id)
            question = await rubrics.find(session, row.rubric_digest)
        if row.status not in {Status.GRADED, Status.PARTIAL}:
            raise Conflict(
                f"The grading {row.id!r} is {row.status}; ask for an outline once there are "
                "rulings."
            )
        missing = _missing(question, Grading.model_validate_json(row.body))
        if row.grader == GraderKind.OFFLINE:
            lines = tuple(criterion.to_add for criterion in missing)
            return Outline(grader=GraderKind.OFFLINE, model="", lines=lines, usage=Usage())
        grader = await self._graders.of(GraderKind.LLM)
        if not isinstance(grader, WritesOutlines):
            raise InputError("The grader of this service writes no outlines.")
        lines, usage = await grader.outline(question, attempt.answer, missing)
        return Outline(grader=GraderKind.LLM, model=grader.identity.model, lines=lines, usage=usage)


def _missing(question: Question, grading: Grading) -> tuple[Criterion, ...]:
    """Return the unmet criteria in the rubric's order; what was not assessed is not missing."""
    unmet = {
        criterion.id
        for dimension in grading.dimensions
        for criterion in dimension.criteria
        if criterion.verdict is Verdict.UNMET
    }
    return tuple(each for each in question.rubric.criteria() if each.id in unmet)
