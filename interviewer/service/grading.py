"""Grades one answer here and now, in this process, with nothing stored."""

import uuid
from collections.abc import Callable

from interviewer.clock import Clock
from interviewer.domain.base import AttemptId, GradingId
from interviewer.domain.grading import DimensionGrading, Grading
from interviewer.domain.question import Question
from interviewer.grading.grader import Grader
from interviewer.grading.recipe import Header, grade


async def grade_now(
    grader: Grader,
    question: Question,
    answer: str,
    clock: Clock,
    show: Callable[[DimensionGrading], None] = lambda _: None,
) -> Grading:
    """Return the finished grading; `show` is handed each dimension as it is finished."""
    header = Header(
        id=GradingId(uuid.uuid4().hex),
        attempt_id=AttemptId(uuid.uuid4().hex),
        created_at=clock.now(),
    )
    return await grade(grader, question, answer, header, clock.now, show)
