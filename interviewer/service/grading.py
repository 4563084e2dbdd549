"""Grades one answer here and now, in this process, with nothing stored."""

import hashlib
import json
from collections.abc import Callable

from interviewer.clock import Clock
from interviewer.domain.base import AttemptId, GradingId
from interviewer.domain.grading import DimensionGrading, Grading, Usage
from interviewer.domain.question import Question
from interviewer.grading.grader import Estimates, Grader
from interviewer.grading.recipe import Header, grade, provenance
from interviewer.grading.standing import on_behalf_of


def grading_id(grader: Grader, question: Question, answer: str) -> GradingId:
    """Return an id made of all that a grading depends on, 32 hex digits of SHA-256.

    The same answer graded in the same way gets the same id, so that a batch can be resumed and
    a repeated offline grading is the same to the byte, but for its clock.
    """
    return GradingId(
        _digest(grader.identity.model_dump(), provenance(grader, question).model_dump(), answer)
    )


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def expected_usage(grader: Grader, question: Question, answer: str) -> Usage | None:
    """Return what grading this answer should take; None where it costs nothing to any one."""
    return grader.estimate(question, answer) if isinstance(grader, Estimates) else None


async def grade_now(
    grader: Grader,
    question: Question,
    answer: str,
    clock: Clock,
    show: Callable[[DimensionGrading], None] = lambda _: None,
) -> Grading:
    """Return the finished grading; `show` is handed each dimension as it is finished."""
    header = Header(
        id=grading_id(grader, question, answer),
        attempt_id=AttemptId(_digest(question.id, answer)),
        created_at=clock.now(),
    )
    return await grade(grader, question, answer, header, clock.now, show)


async def grade_patiently(grader: Grader, question: Question, answer: str, clock: Clock) -> Grading:
    """Return the finished grading of a row of a batch, which waits for its turn without end."""
    with on_behalf_of("", patient=True):
        return await grade_now(grader, question, answer, clock)
