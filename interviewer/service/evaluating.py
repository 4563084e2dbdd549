"""Grades every answer of a labelled file, to be compared with its labels."""

import asyncio
import json
from collections.abc import Callable, Sequence

from interviewer.catalog.questions import parse_question
from interviewer.clock import Clock
from interviewer.domain.grading import Grading
from interviewer.domain.question import Question
from interviewer.errors import InputError
from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.grading.grader import Grader
from interviewer.service.grading import grade_now, grading_id
from interviewer.service.ledger import Ledger


def questions_of(
    answers: Sequence[LabelledAnswer], find: Callable[[str], Question]
) -> dict[str, Question]:
    """Return the question of each row, by the row's id.

    Raises: InputError for a row that names none; NotFound; FaultyFiles.
    """
    known: dict[str, Question] = {}
    for answer in answers:
        if answer.asks not in known:
            known[answer.asks] = _question_of(answer, find)
    return {answer.id: known[answer.asks] for answer in answers}


def _question_of(answer: LabelledAnswer, find: Callable[[str], Question]) -> Question:
    if answer.question_id is not None:
        return find(answer.question_id)
    if answer.question is None:
        raise InputError(f"The row {answer.id!r} names no question; give it a question_id.")
    own = answer.question
    return parse_question(f"row {answer.id}", own if isinstance(own, str) else json.dumps(own))


async def grade_all(
    grader: Grader,
    answers: Sequence[LabelledAnswer],
    questions: dict[str, Question],
    clock: Clock,
    ledger: Ledger | None,
    concurrency: int,
    finished: Callable[[], None],
) -> list[Grading]:
    """Return a grading for each row in order; rows that the ledger holds are not graded again."""
    room = asyncio.Semaphore(concurrency)

    async def one(answer: LabelledAnswer) -> Grading:
        question = questions[answer.id]
        kept = ledger and ledger.kept(answer.id, grading_id(grader, question, answer.answer))
        async with room:
            grading = kept or await grade_now(grader, question, answer.answer, clock)
        if ledger and not kept:
            ledger.write(answer.id, grading)
        finished()
        return grading

    return list(await asyncio.gather(*map(one, answers)))
