"""What a grading costs in tokens: the ceilings on what `tests/bench/llm_tokens.py` counts."""

import pytest

from interviewer.domain.grading import CallShape
from tests.bench.llm_tokens import Sizes, measure
from tests.bench.workload import BARE, FULL


@pytest.fixture(scope="module")
def sizes() -> dict[str, Sizes]:
    return {
        "bare answer": measure(BARE, CallShape.ANSWER),
        "full answer": measure(FULL, CallShape.ANSWER),
        "full dimension": measure(FULL, CallShape.DIMENSION),
    }


def test_instructions_and_schema_of_an_economy_call_stay_within_350_tokens(
    sizes: dict[str, Sizes],
) -> None:
    assert sizes["bare answer"].beyond_content <= 350
    assert sizes["full answer"].beyond_content <= 350


def test_an_economy_grading_of_eighteen_bare_criteria_stays_small(sizes: dict[str, Sizes]) -> None:
    assert sizes["bare answer"].input <= 1_100
    assert sizes["bare answer"].output <= 430


def test_a_dimension_s_call_adds_at_most_450_tokens_to_its_content(
    sizes: dict[str, Sizes],
) -> None:
    assert sizes["full dimension"].beyond_content <= 450 * 6


def test_calls_of_one_answer_share_at_least_three_fifths_of_their_input(
    sizes: dict[str, Sizes],
) -> None:
    assert sizes["full dimension"].shared >= 0.6
