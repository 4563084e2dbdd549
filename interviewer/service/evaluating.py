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

    Raises: InputError for a row that names none, or whose labels name a dimension or a criterion
        that its question lacks; NotFound; FaultyFiles.
    """
    known: dict[str, Question] = {}
    for answer in answers:
        if answer.asks not in known:
            known[answer.asks] = _question_of(answer, find)
        _check_labels(answer, known[answer.asks])
    return {answer.id: known[answer.asks] for answer in answers}


def _check_labels(answer: LabelledAnswer, question: Question) -> None:
    """Refuse labels that would be left out in silence."""
    levels = {key for label in answer.labels for key in label.levels}
    verdicts = {key for label in answer.labels for key in label.verdicts}
    unknown = {
        "dimension": levels - {dimension.id for dimension in question.dimensions},
        "criterion": verdicts - {criterion.id for criterion in question.rubric.criteria()},
    }
    for kind, names in unknown.items():
        if names:
            raise InputError(
                f"The labels of the row {answer.id!r} name the {kind} {min(names)!r}, which "
                f"{question.id!r} does not have; mend the labels."
            )


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
    pass_name: str = "",
) -> list[Grading]:
    """Return a grading for each row in order; rows that the ledger holds are not graded again.

    `pass_name` tells a second pass over the same rows apart in the ledger.
    """
    room = asyncio.Semaphore(concurrency)

    async def one(answer: LabelledAnswer) -> Grading:
        question = questions[answer.id]
        row_id = pass_name + answer.id
        kept = ledger and ledger.kept(row_id, grading_id(grader, question, answer.answer))
        async with room:
            grading = kept or await grade_now(grader, question, answer.answer, clock)
        if ledger and not kept:
            ledger.write(row_id, grading)
        finished()
        return grading

    return list(await asyncio.gather(*map(one, answers)))
