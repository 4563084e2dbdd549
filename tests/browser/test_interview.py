"""A whole interview in a browser: asking back, a hint, a follow-up, and the time running out."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.steps import overflow, settled
from tests.browser.test_surface import BOTH, violations

WORDS = (
    "I would start with the load and the latency budget, cache what is hot, measure with a "
    "profiler, and roll out with a canary that reverts when the errors rise."
)


def begin(page: Page) -> None:
    page.goto("/interview")
    page.get_by_role("button", name="Start the interview").click()
    expect(page.get_by_label("Your answer")).to_be_visible()
    settled(page)


def hand_in(page: Page, words: str = WORDS) -> None:
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Hand in the answer").click()
    reply = page.get_by_label("Your reply to the follow-up")
    expect(reply).to_be_visible()
    settled(page)
    reply.fill("I would alert on the 99th percentile and page the owner.")
    page.get_by_role("button", name="Hand in the reply").click()


def test_three_questions_with_a_question_back_a_hint_a_follow_up_and_a_time_out(
    stage: Stage, page: Page
) -> None:
    begin(page)
    page.get_by_label("Your question").fill("How many users are there?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Interviewer:")).to_be_visible()
    page.get_by_role("button", name="Take a hint").click()
    expect(page.get_by_text("Hints taken")).to_be_visible()
    settled(page)
    hand_in(page)
    expect(page.get_by_text("Question 2 of 3")).to_be_visible()
    settled(page)
    hand_in(page)
    expect(page.get_by_text("Question 3 of 3")).to_be_visible()
    settled(page)
    page.get_by_label("Your answer").fill(WORDS)
    expect(page.get_by_text("Draft saved")).to_be_visible()
    stage.clock.ahead = timedelta(hours=2)
    page.reload()

    expect(page.get_by_role("heading", name="Your interview")).to_be_visible()
    settled(page)
    assert violations(page) == []
    report = stage.client.interviews.report(page.url.split("id=")[1])
    assert report.unanswered == 0
    assert [step.answer for step in report.steps] == [WORDS] * 3
    assert report.steps[0].figures is not None
    assert report.steps[0].figures.hints > 0


def test_a_reload_and_another_tab_lead_to_the_same_room(stage: Stage, page: Page) -> None:
    begin(page)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("Your answer").fill("Half a thought")
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value("Half a thought")
    other = page.context.new_page()
    other.goto(page.url)

    expect(other.get_by_role("heading", level=1)).to_have_text(title)
    other.close()


def test_no_score_is_shown_before_the_end(stage: Stage, page: Page) -> None:
    begin(page)
    hand_in(page)
    expect(page.get_by_text("Question 2 of 3")).to_be_visible()

    expect(page.locator(".mi-total-number")).to_have_count(0)


@BOTH
def test_set_up_and_room_are_accessible(stage: Stage, page: Page) -> None:
    page.goto("/interview")
    expect(page.get_by_role("button", name="Start the interview")).to_be_visible()
    settled(page)
    assert violations(page) == []
    begin(page)

    assert violations(page) == []


def test_a_phone_shows_the_room_without_sideways_scroll(stage: Stage, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    begin(page)

    assert overflow(page) <= 0
