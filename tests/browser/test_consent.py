"""Before the first send to a model one is asked; afterwards, never again."""

from playwright.sync_api import Page, expect

from tests.browser.stage import A_MODEL, Stage
from tests.browser.steps import ANSWER, answer, graded, open_question, send
from tests.browser.test_surface import BOTH, violations


@BOTH
def test_nothing_is_sent_before_the_candidate_agrees_once(stage: Stage, page: Page) -> None:
    stage.grader.identity = A_MODEL
    open_question(page).fill(ANSWER)
    send(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("models.example")
    expect(dialog).to_contain_text("phrases-large")
    assert stage.client.attempts().items == ()
    assert violations(page) == []
    dialog.get_by_role("button", name="Send it").click()
    graded(page)
    answer(page, f"{ANSWER} And once more.")

    assert len(stage.client.attempts().items) == 2
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_who_does_not_agree_keeps_the_words_and_sends_nothing(stage: Stage, page: Page) -> None:
    stage.grader.identity = A_MODEL
    open_question(page).fill(ANSWER)
    send(page)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    expect(page.get_by_label("Your answer")).to_have_value(ANSWER)
    assert stage.client.attempts().items == ()
    page.goto("/settings")
    expect(page.get_by_text("Before the first answer goes to phrases-large")).to_be_visible()
