from itertools import pairwise

import pytest

from ui.views.trend import APART, spread


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param([50.0], id="one"),
        pytest.param([50.0, 50.0, 50.0], id="all the same"),
        pytest.param([100.0, 99.0, 98.0, 20.0], id="at the top"),
        pytest.param([0.0, 3.0, 90.0], id="at the bottom"),
    ],
)
def test_names_at_the_ends_of_lines_cover_none_of_each_other(ends: list[float]) -> None:
    places = spread(ends)
    ranked = sorted(places)

    assert all(b - a >= APART for a, b in pairwise(ranked))
    assert max(places) <= 100
    assert sorted(range(len(ends)), key=lambda n: (places[n], n)) == sorted(
        range(len(ends)), key=lambda n: (ends[n], n)
    )


def test_names_that_are_apart_stand_at_their_lines() -> None:
    assert spread([10.0, 90.0, 50.0]) == [10.0, 90.0, 50.0]
