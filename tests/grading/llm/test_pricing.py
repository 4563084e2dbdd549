"""What a call costs, where that is known."""

import pytest

from interviewer.domain.pricing import Price
from interviewer.grading.llm.chat_model import TokenCounts
from interviewer.grading.llm.pricing import Prices

TOKENS = TokenCounts(input=1_000_000, cached_input=400_000, output=100_000)


def test_cached_input_has_its_own_price() -> None:
    assert Prices().cost("gpt-5.4-mini", TOKENS) == pytest.approx(0.6 * 0.75 + 0.4 * 0.075 + 0.45)


def test_the_user_s_price_goes_before_the_known_one() -> None:
    own = Prices({"gpt-5.4-mini": Price(input=1, output=0)})
    assert own.cost("gpt-5.4-mini", TOKENS) == pytest.approx(1.0)


def test_a_dated_release_costs_what_its_model_costs() -> None:
    prices = Prices()
    assert prices.of("gpt-5.4-mini-2026-03-17") == prices.of("gpt-5.4-mini")
    assert prices.of("gpt-5.4-mini-2026") is None


def test_an_unknown_model_has_no_price_and_no_guess() -> None:
    assert Prices().usage("llama", TOKENS).cost_usd is None


def test_a_call_whose_tokens_were_not_counted_has_no_cost() -> None:
    assert Prices().usage("gpt-5.4-mini", TokenCounts()).cost_usd is None
