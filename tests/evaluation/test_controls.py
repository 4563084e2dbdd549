import pytest

from interviewer.evaluation.agreement import measure
from interviewer.evaluation.controls import EMPTY, PERMUTATIONS, emptied, given_their_mean, permuted
from interviewer.evaluation.judged import Judged
from tests.domain.questions import SMALL
from tests.evaluation.test_agreement import FEW, PERFECT, ROWS


def test_an_answers_mean_in_every_dimension_keeps_the_total_and_tells_nothing_within() -> None:
    found = measure(Judged(ROWS, given_their_mean(PERFECT)), FEW)
    assert found["overall_r"].value == pytest.approx(1)
    assert found["within_r"].value is None


def test_permuted_dimensions_lose_what_was_known_within_and_repeat_themselves() -> None:
    judged = permuted(ROWS, PERFECT)
    found = measure(judged, FEW)
    assert len(judged.answers) == PERMUTATIONS * len(ROWS)
    assert found["within_r"].value is not None
    assert abs(found["within_r"].value) < 0.4
    assert found == measure(permuted(ROWS, PERFECT), FEW)
    assert len(judged.clusters()) == len(ROWS)


def test_an_emptied_question_keeps_its_points_and_says_nothing() -> None:
    blank = emptied(SMALL)
    assert blank.digest != SMALL.digest
    for criterion, was in zip(blank.rubric.criteria(), SMALL.rubric.criteria(), strict=True):
        assert (criterion.id, criterion.points) == (was.id, was.points)
        assert criterion.statement == criterion.met_example == criterion.near_miss == EMPTY
        assert criterion.signals == ()
    assert blank.prompt == SMALL.prompt
