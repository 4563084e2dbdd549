from tests.ui.gradings import grading
from ui.markup.score import Awaited, outcome, strip, total_awaited, total_of


def test_the_strip_has_one_bar_a_dimension_and_one_segment_a_criterion() -> None:
    graded = grading("cache", "backup")
    drawn = strip(total_of(graded), graded.dimensions)

    assert drawn.count('role="listitem"') == 2
    assert drawn.count("mi-seg-met") == 2
    assert "67%" in drawn
    assert "50%" in drawn


def test_a_criterion_that_was_not_assessed_looks_different_from_an_unmet_one() -> None:
    graded = grading("cache", unknown=("backup",))

    assert strip(total_of(graded), graded.dimensions).count("mi-seg-unknown") == 1


def test_a_grading_without_a_score_shows_none() -> None:
    graded = grading("cache", unknown=("index", "backup", "replica"))

    assert "No score" in total_of(graded)
    assert "could not" in outcome(graded) or "did not" in outcome(graded)


def test_a_revision_says_how_the_score_changed() -> None:
    before, now = grading("index"), grading("index", "cache")

    assert "+50" in strip(total_of(now, before), now.dimensions, before)


def test_dimensions_that_have_not_arrived_keep_their_place() -> None:
    graded = grading("cache").dimensions
    drawn = strip(total_awaited(1, 2), [Awaited(graded[0].id, "Storage"), graded[1]])

    assert "1 of 2 dimensions" in drawn
    assert "mi-bar mi-d1" in drawn
