"""The main job in a real browser: type, send, read the feedback, come back to it."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.stage import Stage
from tests.browser.steps import (
    ANSWER,
    answer,
    graded,
    open_question,
    overflow,
    send,
    settled,
    shown_answer,
)
from ui.markup.palette import colours
from ui.markup.spans import marks_of, pieces


def test_what_was_typed_is_still_there_after_a_reload(stage: Stage, page: Page) -> None:
    open_question(page).press_sequentially("My first thought, not yet saved", delay=5)
    page.reload()

    expect(page.get_by_label("Your answer")).to_have_value("My first thought, not yet saved")


def test_a_draft_reaches_the_service_while_typing(stage: Stage, page: Page) -> None:
    open_question(page).fill("Kept by the service as well")

    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert stage.client.draft("drift-monitoring").answer == "Kept by the service as well"


def test_a_draft_in_the_service_opens_in_another_browser(stage: Stage, page: Page) -> None:
    box = open_question(page)
    box.fill("Begun at my desk")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.evaluate("localStorage.clear()")
    page.reload()

    expect(page.get_by_label("Your answer")).to_have_value("Begun at my desk")


def test_letters_typed_in_the_box_are_no_shortcuts(stage: Stage, page: Page) -> None:
    box = open_question(page)
    box.press_sequentially("r c rerun clear")

    expect(box).to_have_value("r c rerun clear")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_box_counts_words_and_tokens_as_one_types(stage: Stage, page: Page) -> None:
    open_question(page).fill("three short words")

    expect(page.get_by_text("3 words · about 4 tokens")).to_be_visible()
    expect(page.get_by_text("Below 20 words little can be graded.")).to_be_visible()


def test_every_piece_of_evidence_is_marked_in_the_answer(stage: Stage, page: Page) -> None:
    answer(page)

    grading = stage.client.attempts().items[0].gradings[0]
    marks = marks_of(grading.dimensions, colours(grading.dimensions))
    marked = [piece for piece in pieces(ANSWER, marks) if piece.marks]
    assert marked
    expect(page.locator(".mi-answer mark")).to_have_count(len(marked))
    assert shown_answer(page) == ANSWER


def test_control_and_enter_send_the_answer(stage: Stage, page: Page) -> None:
    box = open_question(page)
    box.fill(ANSWER)
    box.press("Control+Enter")
    graded(page)

    assert len(stage.client.attempts().items) == 1


def test_leaving_while_it_is_graded_and_coming_back_gives_one_attempt(
    stage: Stage, page: Page
) -> None:
    stage.grader.pause = 0.5
    open_question(page).fill(ANSWER)
    send(page)
    expect(page.get_by_text("of 7 dimensions")).to_be_visible()
    page.get_by_role("link", name="Question bank").click()
    expect(page.get_by_role("heading", name="Question bank")).to_be_visible()
    page.get_by_role("link", name="Practise").click()
    graded(page)

    assert len(stage.client.attempts().items) == 1


def test_a_reload_while_it_is_graded_attaches_again(stage: Stage, page: Page) -> None:
    stage.grader.pause = 0.4
    open_question(page).fill(ANSWER)
    send(page)
    expect(page.get_by_text("of 7 dimensions")).to_be_visible()
    page.reload()
    graded(page)

    assert len(stage.client.attempts().items) == 1
    assert "attempt=" in page.url


def test_a_hostile_answer_stays_text(stage: Stage, page: Page) -> None:
    hostile = (
        '<script>alert(1)</script><img src=x onerror="alert(2)"> ![x](http://evil.example/leak) '
        "&lt;b&gt; [link](javascript:alert(3)) PSI <mark>drift</mark>"
    )
    alerts: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", on_dialog)
    answer(page, hostile)

    assert alerts == []
    assert shown_answer(page) == hostile


def test_right_to_left_text_and_emoji_are_marked_at_the_right_words(
    stage: Stage, page: Page
) -> None:
    words = "🙂🙂 זיהוי שינוי בנתונים: PSI 🚀 يوميا concept drift 👩‍👩‍👧 end"
    answer(page, words)

    grading = stage.client.attempts().items[0].gradings[0]
    quotes = {e.quote for d in grading.dimensions for c in d.criteria for e in c.evidence}
    shown = page.locator(".mi-answer mark").evaluate_all(
        "all => all.map(mark => mark.firstChild.textContent)"
    )
    assert set(shown) <= quotes | {q for q in shown if any(q in quote for quote in quotes)}
    assert shown_answer(page) == words


def test_an_answer_of_twenty_thousand_characters_is_shown_whole(stage: Stage, page: Page) -> None:
    words = "The PSI is computed each night. " * 625
    answer(page, words.strip())

    assert shown_answer(page) == words.strip()


def test_revising_starts_from_the_answer_beside_what_was_missing(stage: Stage, page: Page) -> None:
    answer(page)
    page.get_by_role("button", name="Revise").click()

    expect(page.get_by_role("heading", name="What was missing last time")).to_be_visible()
    box = page.get_by_label("Your answer")
    expect(box).to_have_value(ANSWER)
    box.fill(ANSWER + " We start with a shadow deployment and revert on a regression.")
    send(page)
    graded(page)
    second, first = stage.client.attempts().items
    assert second.revises == first.id


def test_a_sent_answer_does_not_come_back_as_a_draft(stage: Stage, page: Page) -> None:
    answer(page)
    page.goto("/?q=drift-monitoring")

    expect(page.get_by_label("Your answer")).to_have_value("")


def test_the_back_button_leads_back_to_the_feedback(stage: Stage, page: Page) -> None:
    answer(page)
    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_role("heading", name="Your progress")).to_be_visible()
    page.go_back()
    graded(page)


def test_two_tabs_of_one_question_share_the_draft_and_lose_no_answer(
    stage: Stage, page: Page
) -> None:
    open_question(page).press_sequentially("Typed in the first tab", delay=5)
    other = page.context.new_page()
    other.goto(page.url)
    box = other.get_by_label("Your answer")
    expect(box).to_have_value("Typed in the first tab")
    settled(other)
    box.fill(ANSWER)
    send(other)
    graded(other)
    other.close()
    send(page)
    graded(page)

    sent = {each.answer for each in stage.client.attempts().items}
    assert sent == {ANSWER, "Typed in the first tab"}


def test_a_reload_in_the_middle_of_a_word_keeps_every_letter(stage: Stage, page: Page) -> None:
    box = open_question(page)
    box.press_sequentially("Detect dri", delay=5)
    page.reload()
    box = page.get_by_label("Your answer")
    expect(box).to_have_value("Detect dri")
    box.press("End")
    box.press_sequentially("ft", delay=5)

    expect(box).to_have_value("Detect drift")


def test_an_unknown_question_is_explained(stage: Stage, page: Page) -> None:
    page.goto("/?q=no-such-question")

    expect(page.get_by_role("alert")).to_contain_text("There is nothing here")


@pytest.mark.parametrize(
    "path", ["/?q=drift-monitoring", "/bank", "/progress", "/rubric", "/settings"]
)
def test_a_phone_shows_each_page_without_sideways_scroll(
    stage: Stage, page: Page, path: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    answer(page)
    assert overflow(page) <= 0
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)

    assert overflow(page) <= 0
