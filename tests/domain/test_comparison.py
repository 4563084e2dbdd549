import pytest

from interviewer.domain.appeal import APPEAL_CRITERION, APPEAL_END, APPEAL_OF, APPEAL_START, appeals
from interviewer.domain.base import GradingId
from interviewer.domain.comparison import Obstacle, compare, yardstick
from interviewer.domain.grading import Grading
from tests.ui.gradings import grading


def other(graded: Grading, **provenance: str) -> Grading:
    return graded.model_copy(update={"provenance": graded.provenance.model_copy(update=provenance)})


def test_what_was_gained_and_lost_is_named_with_the_change_of_the_score() -> None:
    before, after = grading("cache"), grading("index", "backup")
    found = compare(before, after)

    assert {each.criterion_id for each in found.gained} == {"index", "backup"}
    assert {each.criterion_id for each in found.lost} == {"cache"}
    assert before.score is not None
    assert after.score is not None
    assert found.change == after.score.percent - before.score.percent
    assert found.obstacles == ()


def test_what_was_not_assessed_is_never_lost() -> None:
    found = compare(grading("cache", "index"), grading("index", unknown=("cache",)))

    assert found.lost == ()


@pytest.mark.parametrize(
    ("before", "obstacle"),
    [
        pytest.param(grading("cache", llm=True), Obstacle.GRADER, id="another grader"),
        pytest.param(other(grading("cache"), prompt_digest="p2"), Obstacle.PROMPT, id="prompt"),
        pytest.param(other(grading("cache"), rubric_digest="r2"), Obstacle.RUBRIC, id="rubric"),
    ],
)
def test_scores_that_do_not_compare_have_no_change(before: Grading, obstacle: Obstacle) -> None:
    found = compare(before, grading("index"))

    assert found.change is None
    assert found.obstacles == (obstacle,)


def appealed(before: Grading, after: Grading, criterion: str) -> Grading:
    settings = {
        **before.provenance.settings,
        APPEAL_OF: before.id,
        APPEAL_CRITERION: criterion,
        APPEAL_START: 2,
        APPEAL_END: 7,
    }
    provenance = before.provenance.model_copy(update={"settings": settings})
    name = GradingId(f"{before.id}-appeal")
    return after.model_copy(update={"id": name, "provenance": provenance})


def test_the_appeals_of_an_attempt_are_told_with_both_rulings_oldest_first() -> None:
    first = grading()
    second = appealed(first, grading("cache"), "cache")
    third = appealed(second, grading("cache"), "index")

    told = appeals((third, second, first))
    assert [(each.criterion_id, each.before.verdict, each.after.verdict) for each in told] == [
        ("cache", "unmet", "met"),
        ("index", "unmet", "unmet"),
    ]
    assert (told[0].start, told[0].end) == (2, 7)


def test_a_grading_after_an_appeal_starts_afresh() -> None:
    first = grading()
    second = appealed(first, grading("cache"), "cache")

    assert appeals((grading(), second, first)) == ()


def test_an_appeal_is_measured_with_the_yardstick_of_its_grading() -> None:
    first = grading()

    assert yardstick(appealed(first, grading("cache"), "cache")) == yardstick(first)
