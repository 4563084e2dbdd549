import pytest

from interviewer.domain.ruling import Assertion
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.grading.offline.guards import dismisses, warns
from tests.domain.questions import SMALL


@pytest.mark.parametrize(
    "text",
    [
        "We would not bother with a second replica.",
        "There is no need for shadow traffic at our size.",
        "I don't have to think about lineage with this tool.",
        "You never need to look at the tail.",
        "A staging cluster is overkill for six people.",
        "Canaries are a distraction, ship it.",
        "I would skip the load test.",
        "Checksums aren't really necessary on modern disks.",
        "There is little point in keeping old snapshots.",
        "Retention rules can safely be ignored here.",
    ],
)
def test_waving_a_point_away_is_a_dismissal(text: str) -> None:
    assert dismisses(text)


@pytest.mark.parametrize(
    "text",
    [
        "To double the traffic we would have to add a second ring of caches.",
        "You would need to replay six hours of events.",
        "The worker keeps its slice, so it doesn't have to read the log again.",
        "They do have to agree on the key first.",
        "Below fifty samples a jump of two points is noise, so I wait for more.",
        "Sixty spare cores are of no use to a job that wants one fat node.",
        "I delete what isn't needed after ninety days.",
        "When the feed is late we skip the refresh and serve yesterday's vectors.",
        "If a shard is gone I ignore its vote and read from the two others.",
        "We leave out rows that came after the cut.",
    ],
)
def test_saying_what_it_takes_is_none(text: str) -> None:
    assert not dismisses(text)


def test_a_dismissal_earns_nothing_and_may_be_the_misconception() -> None:
    answer = "I would put an index on it. There is no need for a cache, since the snapshot is free."
    ruled = OfflineGrader().judge(SMALL, answer)
    assert next(r for r in ruled.rulings if r.criterion_id == "cache").evidence == ()
    wave = "There is no need to pay for a snapshot, the snapshot costs nothing at all."
    (claim,) = OfflineGrader().judge(SMALL, f"I would put an index on it. {wave}").misconceptions
    assert claim.verdict is Assertion.ASSERTED
    assert claim.evidence[0].quote == wave


def test_a_warning_is_no_claim() -> None:
    assert warns("Many teams believe that the snapshot costs nothing.")
    assert not warns("The snapshot costs nothing, believe me.")
    assert not warns("A slow call shows that something is wrong with the cache.")
