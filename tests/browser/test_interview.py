"""A whole interview in a browser: asking back, a hint, a follow-up, and the time running out."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from interviewer.domain.interview import StepState
from interviewer.wire import InterviewReport, InterviewRequest
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
    kept_as_files(page)


def kept_as_files(page: Page) -> None:
    """Save the report both ways, and print it."""
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as Markdown").click()
    written = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "## What a panel would say" in written
    assert "> I would start with the load" in written
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as JSON").click()
    report = InterviewReport.model_validate_json(Path(saved.value.path()).read_bytes())
    assert [step.answer for step in report.steps] == [WORDS] * 3
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Save as JSON")).to_be_hidden()
    expect(page.get_by_role("link", name="Progress")).to_be_hidden()
    last = page.locator(".mi-answer").last.bounding_box()
    shown: int = page.evaluate("document.documentElement.scrollHeight")
    assert last is not None
    assert last["y"] + last["height"] <= shown, "the paper ends before the report does"


def sat(stage: Stage, *, questions: int = 2) -> str:
    """Sit an interview over the API and return its id."""
    talk = stage.client.interviews
    room = talk.start(InterviewRequest(questions=questions, minutes=45))
    talk.clarify(room.id, "How many users are there?")
    talk.hint(room.id)
    while not room.over:
        step = room.steps[room.place]
        if step.state is StepState.READING and step.grading_id is not None:
            list(stage.client.events(step.grading_id))
            room = talk.room(room.id)
        else:
            room = talk.answer(room.id, room.place, WORDS)
    return room.id


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


def test_a_service_that_was_restarted_leads_to_the_same_room(stage: Stage, page: Page) -> None:
    begin(page)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Take a hint").click()
    expect(page.get_by_text("Hints taken")).to_be_visible()
    settled(page)
    page.get_by_label("Your answer").fill("Half a thought")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    stage.service.restart()
    page.evaluate("localStorage.clear()")
    page.reload()

    expect(page.get_by_label("Your answer")).to_have_value("Half a thought")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("Hints taken")).to_be_visible()


def test_at_zero_the_browser_hands_in_what_stands_in_the_box(stage: Stage, page: Page) -> None:
    begin(page)
    page.get_by_label("Your answer").fill(WORDS)
    expect(page.get_by_text("Draft saved")).to_be_visible()
    stage.clock.ahead = timedelta(minutes=45, seconds=1)
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 3600e3 }")

    expect(page.get_by_role("heading", name="Your interview")).to_be_visible()
    assert [each.answer for each in stage.client.attempts().items] == [WORDS]


@BOTH
def test_the_report_is_accessible_and_every_advice_is_a_link(stage: Stage, page: Page) -> None:
    page.goto(f"/interview?id={sat(stage)}")
    expect(page.get_by_role("heading", name="Three things to practise")).to_be_visible()
    settled(page)
    assert violations(page) == []
    page.emulate_media(media="print")
    for part in (".mi-answer", ".mi-h1", ".mi-ground"):
        expect(page.locator(part).first).to_have_css("color", "rgb(23, 23, 28)")
    page.emulate_media(media="screen")
    link = page.get_by_role("link", name=re.compile("^Practise: ")).first
    link.click()

    expect(page.get_by_label("Your answer")).to_be_visible()


def test_a_phone_shows_the_report_without_sideways_scroll(stage: Stage, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/interview?id={sat(stage)}")
    expect(page.get_by_role("heading", name="Three things to practise")).to_be_visible()
    settled(page)

    assert overflow(page) <= 0


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
