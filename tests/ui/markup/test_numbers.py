from datetime import UTC, datetime

import pytest

from ui.markup.numbers import day, dollars, duration, gain, percent, plural, signed


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (0.0, "0%"), (66.5, "67%"), (12.49, "12%"), (100.0, "100%")]
)
def test_percentages_have_no_decimals_and_none_is_a_dash(value: float | None, shown: str) -> None:
    assert percent(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(8.2, "+8"), (-3.0, "−3"), (0.2, "±0")])
def test_changes_carry_their_sign(value: float, shown: str) -> None:
    assert signed(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(1.94, "+1.9"), (12.5, "+12"), (9.97, "+10")])
def test_small_gains_have_a_decimal(value: float, shown: str) -> None:
    assert gain(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "cost unknown"), (0, "$0"), (0.0061, "$0.0061"), (1.5, "$1.50")]
)
def test_an_unknown_cost_is_not_zero(value: float | None, shown: str) -> None:
    assert dollars(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (0.04, "40 ms"), (3.21, "3.2 s"), (75.0, "1 min 15 s"), (7260.0, "2 h 1 min")],
)
def test_times_are_told_in_the_units_that_matter(value: float | None, shown: str) -> None:
    assert duration(value) == shown


def test_a_day_has_no_leading_zero() -> None:
    assert day(datetime(2026, 11, 3, tzinfo=UTC)) == "3 Nov 2026"


def test_counts_agree_with_their_nouns() -> None:
    assert plural(1, "try", "tries") == "1 try"
    assert plural(1200, "try", "tries") == "1,200 tries"
