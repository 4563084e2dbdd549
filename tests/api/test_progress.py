from fastapi.testclient import TestClient

from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.domain.progress import Line
from interviewer.domain.question import Question
from tests.api.conftest import ANSWER, Stage

SMALL = "small-question"


def test_before_the_first_answer_there_is_nothing_and_no_grader(client: Client) -> None:
    report = client.progress.report()

    assert (report.grader, report.answers, report.trends) == (None, 0, ())
    assert client.progress.review_queue() == ()


def test_the_figures_are_those_of_the_gradings(client: Client) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    report = client.progress.report()

    assert grading.score is not None
    overall = next(each for each in report.trends if each.line is Line.OVERALL)
    assert [point.percent for point in overall.points] == [grading.score.percent]
    assert report.grader is GraderKind.LLM
    assert report.practised == 1


def test_scores_of_another_grader_are_in_no_figure(client: Client) -> None:
    client.grade(SMALL, ANSWER, wait=10)
    report = client.progress.report(GraderKind.OFFLINE)

    assert report.trends == ()
    assert [each.kind for each in report.graders] == [GraderKind.LLM]


def test_a_failed_criterion_comes_back_after_a_day_as_another_question(
    client: Client, stage: Stage
) -> None:
    client.grade(SMALL, ANSWER, wait=10)
    (item,) = client.progress.review_queue()
    assert not item.is_due
    assert (item.failed_question_id, item.question_id) == (SMALL, "second-question")

    stage.clock.advance(days=1)
    (item,) = client.progress.review_queue()
    assert item.is_due


def test_a_review_that_fails_again_starts_over(client: Client, stage: Stage) -> None:
    client.grade(SMALL, ANSWER, wait=10)
    stage.clock.advance(days=1)
    client.grade("second-question", ANSWER, wait=10)
    (item,) = client.progress.review_queue()

    assert item.interval_days == 1
    assert not item.is_due


def test_days_in_a_row_are_counted_by_the_services_clock(client: Client, stage: Stage) -> None:
    for _ in range(3):
        client.grade(SMALL, ANSWER, wait=10)
        stage.clock.advance(days=1)

    assert client.progress.report().days_in_a_row == 3


def test_an_unknown_grader_is_bad_input(http: TestClient) -> None:
    assert http.get("/v1/progress", params={"grader": "oracle"}).status_code == 422


def test_scores_of_two_models_are_never_in_one_figure(client: Client, stage: Stage) -> None:
    client.grade(SMALL, ANSWER, wait=10)
    stage.clock.advance(hours=1)
    other = stage.grader.identity.model_copy(update={"model": "another"})
    stage.grader.identity = other
    client.grade(SMALL, ANSWER, wait=10)
    report = client.progress.report()
    earlier = client.progress.report(report.graders[1].yardstick)

    assert [(each.model, each.answers) for each in report.graders] == [
        ("another", 1),
        ("scripted", 1),
    ]
    for each in (report, earlier):
        overall = next(line for line in each.trends if line.line is Line.OVERALL)
        assert len(overall.points) == 1
    assert earlier.yardstick != report.yardstick


def test_a_question_of_ones_own_is_none_of_the_bank_that_was_tried(
    client: Client, sound: Question
) -> None:
    client.grade(sound, ANSWER, wait=10)
    report = client.progress.report()

    assert (report.answers, report.practised) == (1, 0)
