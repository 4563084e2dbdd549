import pytest

from interviewer.interviewing.follow_ups import may_be_asked
from tests.domain.questions import SMALL

CRITERION = SMALL.dimensions[0].criteria[0]


@pytest.mark.parametrize(
    ("ask", "fits"),
    [
        pytest.param("What keeps the reads fast when everyone comes at once?", True, id="good"),
        pytest.param("Go on.", False, id="no question"),
        pytest.param("Why?", False, id="too short"),
        pytest.param(f"Would you say: {CRITERION.to_add}?", False, id="gives it away"),
        pytest.param(f"{'And what else would you do there ' * 9}?", False, id="a lecture"),
    ],
)
def test_a_follow_up_is_short_and_gives_nothing_away(ask: str, fits: bool) -> None:
    assert may_be_asked(ask, CRITERION) is fits
