"""Progress from real answers on real days: trends, the heatmap, and the review queue."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from interviewer import resources
from interviewer.catalog.questions import read_question
from interviewer.domain.question import follow_up_id
from tests.browser.stage import A_MODEL, Stage
from tests.browser.steps import ANSWER, fits, settled
from tests.browser.test_surface import BOTH, violations

DRIFT = "drift-monitoring"
WEAK = "I look at the dashboards each morning and talk with the team about what I see in them."


def practised(stage: Stage) -> None:
    """Answer five questions on five days, the last of them with another grader."""
    ids = [each.id for each in stage.client.questions()]
    for number, question_id in enumerate([DRIFT, ids[0], ids[7], DRIFT]):
        stage.tried(question_id, ANSWER if number % 2 else WEAK, days=number)
    stage.grader.identity = A_MODEL
    stage.tried(DRIFT, ANSWER, days=4)


@BOTH
def test_progress_with_charts_is_accessible_and_says_whose_scores_it_shows(
    stage: Stage, page: Page
) -> None:
    practised(stage)
    page.goto("/progress")
    expect(page.get_by_text("Scores of different graders are never mixed")).to_be_visible()
    page.get_by_role("radio", name="Offline grader").click()
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    settled(page)

    page.get_by_role("radio", name="Dimensions").click()
    expect(page.get_by_role("combobox", name="Question")).to_be_visible()
    settled(page)
    expect(page.get_by_text("5 days in a row")).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    fits(page)


def test_a_missed_skill_comes_back_as_another_question_and_goes_when_it_is_met(
    stage: Stage, page: Page
) -> None:
    stage.tried(DRIFT, WEAK)
    page.goto("/progress")
    expect(page.get_by_text("None due")).to_be_visible()
    stage.clock.ahead = timedelta(days=1, minutes=1)
    page.reload()
    expect(page.get_by_text("Due now").first).to_be_visible()
    (item, *_) = stage.client.progress.review_queue()
    assert item.failed_question_id == DRIFT
    assert item.question_id != DRIFT
    page.get_by_role("button", name="Practise it").first.click()
    expect(page.get_by_label("Your answer")).to_be_visible()
    settled(page)
    assert f"q={item.question_id}" in page.url

    question = stage.client.study(item.question_id)
    assert question.solution is not None
    phrases = [
        each.signals[0].any[0].strip("*")
        for each in question.solution.rubric.criteria()
        if item.skill in each.skills
    ]
    words = " ".join(f"We rely on {each} here, for it holds under our load." for each in phrases)
    for days, interval in ((1.1, 3), (4.2, 7), (11.3, 14)):
        stage.tried(item.question_id, words, days=days)
        queue = {each.skill: each for each in stage.client.progress.review_queue()}
        assert queue[item.skill].interval_days == interval
    stage.tried(item.question_id, words, days=25.4)
    assert item.skill not in {each.skill for each in stage.client.progress.review_queue()}
    page.goto("/progress")
    expect(page.get_by_role("heading", name="To review")).to_be_visible()


def test_the_answer_to_a_follow_up_opens_from_the_history(stage: Stage, page: Page) -> None:
    asked = read_question(next(resources.rubrics().rglob(f"{DRIFT}.yaml")))
    own = asked.model_copy(update={"id": follow_up_id(asked.id)})
    stage.client.grade(own, ANSWER, wait=30)
    page.goto("/progress")
    expect(page.get_by_text(f"Follow-up: {asked.title}")).to_be_visible()
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="Why this score")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Practise the whole question").click()
    expect(page.get_by_label("Your answer")).to_be_visible()


@BOTH
def test_an_empty_history_offers_a_start(stage: Stage, page: Page) -> None:
    page.goto("/progress")
    expect(page.get_by_role("button", name="Start with a question")).to_be_visible()
    settled(page)

    assert violations(page) == []
