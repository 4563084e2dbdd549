"""What an author of questions needs: the linter's findings, and a try on an answer.

A file that is tried is not stored, and nothing of it reaches the history or a model.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeVar

from interviewer.catalog.questions import QuestionBank
from interviewer.catalog.scaffolding import scaffold
from interviewer.clock import Clock
from interviewer.domain.grading import GraderKind, Grading
from interviewer.domain.question import Question
from interviewer.engine.graders import Graders
from interviewer.errors import Fault, InputError
from interviewer.service.grading import grade_now
from interviewer.service.rubrics import Checked, check_text, try_files

MOST_CRITERIA = 100
"""Three times what our longest rubric has; more would keep a processor busy for minutes."""

T = TypeVar("T")


class Authoring:
    """Looks at question files that are sent along."""

    def __init__(
        self, bank: QuestionBank, graders: Graders, clock: Clock, check: Callable[[str], None]
    ) -> None:
        """Take the parts; `check` raises AnswerRejected for what cannot be graded."""
        self._topics = tuple(topic.id for topic in bank.topics)
        self._graders = graders
        self._clock = clock
        self._check = check

    def scaffold(self) -> str:
        """Return a complete small question to start from, on the bank's first topic."""
        return scaffold("my-question", next(iter(self._topics), "my-topic"))

    async def check(self, text: str) -> tuple[Fault, ...]:
        """Return all that `interviewer check` says of a file with this text, by line."""
        checked, faults = await asyncio.to_thread(check_text, text, self._topics)
        if checked.question is not None and _is_small(checked.question):
            offline = await self._graders.of(GraderKind.OFFLINE)
            tried = try_files([checked], offline, self._clock, anchors=False)
            faults += await _aside(tried)
        return tuple(sorted(faults))

    async def try_on(self, text: str, answer: str) -> Grading:
        """Grade an answer offline against the question in a file.

        Raises: InputError when the file holds no question that can be graded against;
        AnswerRejected.
        """
        self._check(answer)
        question = _question(await asyncio.to_thread(check_text, text, self._topics))
        offline = await self._graders.of(GraderKind.OFFLINE)
        return await _aside(grade_now(offline, question, answer, self._clock))


def _question(found: tuple[Checked, list[Fault]]) -> Question:
    question = found[0].question
    if question is None:
        raise InputError(
            "The file holds no question that can be graded against; mend what the check names "
            "first.",
            field="text",
        )
    if not _is_small(question):
        raise InputError(
            f"A question may have {MOST_CRITERIA} criteria to be tried; split it.", field="text"
        )
    return question


def _is_small(question: Question) -> bool:
    return len(tuple(question.rubric.criteria())) <= MOST_CRITERIA


async def _aside(work: Coroutine[object, object, T]) -> T:
    """Run what only computes in a thread: a large rubric must not hold up everyone else."""
    return await asyncio.to_thread(asyncio.run, work)
