from datetime import UTC, date, datetime, timedelta

import pytest

from interviewer.domain.base import AttemptId, CriterionId, QuestionId
from interviewer.domain.progress import (
    Line,
    Outcome,
    Sighting,
    another_question,
    days_in_a_row,
    heatmap,
    reviews,
    sighting,
    trends,
)
from tests.domain.questions import SMALL
from tests.ui.gradings import grading

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SKILL = "caching"


def seen(day: float, *met: bool, question: str = "q1", topic: str = "mlops") -> Sighting:
    return Sighting(
        attempt_id=AttemptId(f"a{day}"),
        question_id=QuestionId(question),
        topic=topic,
        at=START + timedelta(days=day),
        percent=100 * sum(met) / len(met),
        dimensions={"Storage": 50.0},
        outcomes=tuple(
            Outcome(
                criterion_id=CriterionId(f"c{n}"),
                statement=f"Statement {n}.",
                skills=(SKILL,),
                met=each,
                points=n + 1,
            )
            for n, each in enumerate(met)
        ),
    )


def due_day(*sightings: Sighting) -> float | None:
    queue = reviews(sightings)
    return (queue[0].due_at - START) / timedelta(days=1) if queue else None


def test_a_failed_skill_comes_back_after_a_day() -> None:
    assert due_day(seen(0, False)) == 1


def test_each_review_that_goes_well_doubles_the_wait_and_the_fourth_ends_it() -> None:
    done = [seen(0, False), seen(1, True), seen(4, True), seen(11, True)]

    assert due_day(*done[:2]) == 4
    assert due_day(*done[:3]) == 11
    assert due_day(*done) == 25
    assert due_day(*done, seen(25, True)) is None


def test_a_success_before_the_day_is_no_review() -> None:
    assert due_day(seen(0, False), seen(0.1, True)) == 1


def test_failing_again_brings_it_back_to_one_day() -> None:
    assert due_day(seen(0, False), seen(1, True), seen(4, False)) == 5


def test_a_skill_that_was_never_failed_is_not_in_the_queue() -> None:
    assert reviews([seen(0, True)]) == ()


def test_the_costliest_failure_of_a_skill_is_the_one_that_is_named() -> None:
    assert reviews([seen(0, False, False)])[0].failed.statement == "Statement 1."


def test_the_queue_does_not_depend_on_the_order_in_which_answers_are_read() -> None:
    rows = [seen(0, False), seen(1, True), seen(4, True)]

    assert reviews(rows) == reviews(reversed(rows))


def test_a_failure_comes_back_as_another_question_that_tests_the_same_skill() -> None:
    other = SMALL.model_copy(update={"id": QuestionId("other")})
    review = reviews([_failed_on(SMALL.id)])[0]

    assert another_question(review, [SMALL, other], {}) == other


def test_without_another_question_the_same_one_comes_back() -> None:
    review = reviews([_failed_on(SMALL.id)])[0]

    assert another_question(review, [SMALL], {}) == SMALL


def test_an_untried_question_goes_before_one_that_was_tried() -> None:
    tried = SMALL.model_copy(update={"id": QuestionId("a-tried")})
    new = SMALL.model_copy(update={"id": QuestionId("b-new")})
    review = reviews([_failed_on(SMALL.id)])[0]

    assert another_question(review, [SMALL, tried, new], {tried.id: 2}) == new


def _failed_on(question_id: QuestionId) -> Sighting:
    graded = grading("cache")
    found = sighting(AttemptId("a1"), START, graded, SMALL)
    return found.model_copy(update={"question_id": question_id})


def test_what_was_not_assessed_is_in_no_figure() -> None:
    graded = grading("cache", unknown=("backup",))
    found = sighting(AttemptId("a1"), START, graded, SMALL)

    assert "backup" not in [each.criterion_id for each in found.outcomes]


def test_a_grading_without_a_score_is_refused() -> None:
    graded = grading(unknown=("cache", "index", "backup", "replica"))
    with pytest.raises(ValueError, match="no score"):
        sighting(AttemptId("a1"), START, graded, SMALL)


def test_lines_run_from_the_oldest_answer_to_the_newest() -> None:
    lines = {each.line: each for each in trends([seen(2, True), seen(0, False)])}

    assert [point.percent for point in lines[Line.OVERALL].points] == [0, 100]
    assert [point.percent for point in lines[Line.SKILL].points] == [0, 100]
    assert lines[Line.DIMENSION].question_id == "q1"


def test_the_heatmap_counts_the_newest_answer_to_each_question() -> None:
    cells = heatmap([seen(0, False, False), seen(1, True, False)])

    assert [(cell.met, cell.criteria, cell.lost) for cell in cells] == [(1, 2, 2)]


@pytest.mark.parametrize(
    ("days", "row"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([5], 1, id="today"),
        pytest.param([4, 3], 2, id="until-yesterday"),
        pytest.param([5, 4, 2], 2, id="with-a-gap"),
        pytest.param([3], 0, id="the-day-before-yesterday"),
    ],
)
def test_days_in_a_row_reach_today_or_yesterday(days: list[int], row: int) -> None:
    assert days_in_a_row([date(2026, 1, day) for day in days], date(2026, 1, 5)) == row
