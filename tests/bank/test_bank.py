"""Every question of the bank, tried with the offline grader as its candidates will try it."""

import asyncio
from functools import lru_cache

import pytest

from interviewer.catalog.questions import read_bank
from interviewer.domain.balance import chi_square
from interviewer.domain.grading import CriterionGrading, Grading, Status
from interviewer.domain.question import Question
from interviewer.domain.ruling import Verdict
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.resources import rubrics
from interviewer.service.grading import grade_now
from interviewer.service.trying import try_anchors, try_reference
from tests.fakes import FrozenClock

BANK = read_bank([rubrics()])
REMARKABLE = 7.8
"""95 % point of the chi-square distribution with three degrees of freedom."""
FLIPS = 0.95
"""Least share of added sentences that must flip their criterion, over the whole bank."""

every_question = pytest.mark.parametrize("question", tuple(BANK), ids=lambda q: q.id)


@lru_cache
def _grader() -> OfflineGrader:
    return OfflineGrader(Embedding())


def graded(question: Question, answer: str) -> Grading:
    return asyncio.run(grade_now(_grader(), question, answer, FrozenClock()))


def percent(grading: Grading) -> float:
    assert grading.status is Status.GRADED
    assert grading.score is not None
    return grading.score.percent


def criteria(grading: Grading) -> dict[str, CriterionGrading]:
    return {c.id: c for d in grading.dimensions for c in d.criteria}


def test_the_bank_holds_forty_questions_spread_over_topics_and_difficulties() -> None:
    assert len(BANK) == 40
    assert {question.topic for question in BANK} == {topic.id for topic in BANK.topics}
    for difficulty in ("easy", "medium", "hard"):
        assert sum(question.difficulty == difficulty for question in BANK) >= 8


@every_question
def test_the_reference_answer_earns_ninety_percent_and_anchors_keep_their_order(
    question: Question,
) -> None:
    assert asyncio.run(try_reference(_grader(), question, FrozenClock())) == []
    assert asyncio.run(try_anchors(_grader(), question, FrozenClock())) == []


@every_question
def test_what_says_nothing_of_its_own_earns_nothing(question: Question) -> None:
    statements = "\n".join(c.statement for c in question.rubric.criteria())
    for answer in ("", "fine", question.prompt, statements, f"{question.prompt}\n{statements}"):
        assert percent(graded(question, answer)) == 0


def _flips(question: Question) -> list[tuple[str, bool, float | None]]:
    """Return (criterion, flipped, difference from the gain) for each sentence that is added.

    The difference is None where adding the sentence changed another verdict as well.
    """
    (middling,) = [anchor for anchor in question.anchors if anchor.name == "middling"]
    before = graded(question, middling.answer)
    found: list[tuple[str, bool, float | None]] = []
    for name, criterion in criteria(before).items():
        if criterion.verdict is not Verdict.UNMET:
            continue
        after = graded(question, f"{middling.answer}\n\n{criterion.to_add}")
        changed = {
            each
            for each, was in criteria(before).items()
            if criteria(after)[each].verdict is not was.verdict
        }
        alone = changed == {name} and before.misconceptions == after.misconceptions
        assert criterion.gain is not None
        off = percent(after) - percent(before) - criterion.gain if alone else None
        found.append((name, name in changed, off))
    return found


@pytest.mark.slow
def test_adding_what_was_missing_flips_the_criterion_and_raises_the_total_by_its_gain() -> None:
    tried = {question.id: _flips(question) for question in BANK}
    every = [each for flips in tried.values() for each in flips]
    missed = [(q, name) for q, flips in tried.items() for name, flipped, _ in flips if not flipped]
    assert len(missed) <= (1 - FLIPS) * len(every), missed
    assert all(abs(off) <= 0.1 for _, _, off in every if off is not None)


def test_the_key_of_a_warm_up_cannot_be_guessed_from_its_place_or_length() -> None:
    warm_ups = [question.warm_up for question in BANK if question.warm_up]
    assert len(warm_ups) == len(BANK)
    places = [sum(w.best == place for w in warm_ups) for place in range(4)]
    longest = sum(
        len(w.options[w.best].split()) == max(len(option.split()) for option in w.options)
        for w in warm_ups
    )
    assert chi_square(places) < REMARKABLE
    assert longest <= len(warm_ups) / 4 + 5
