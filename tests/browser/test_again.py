"""Answering again: what a revision gained and lost, appeals, and study mode."""

from playwright.sync_api import Locator, Page, expect

from interviewer.domain.appeal import appeals
from tests.browser.stage import PHRASES, Stage
from tests.browser.steps import ANSWER, answer, graded, open_question, overflow, send, settled
from tests.browser.test_surface import BOTH, violations

BETTER = (
    "I separate data drift from concept drift. A nightly job computes the PSI of each feature "
    "against a training sample and alerts above 0.2. We start with a shadow deployment, and roll "
    "back on a regression."
)


def revise(page: Page, words: str = BETTER) -> None:
    page.get_by_role("button", name="Revise").click()
    expect(page.get_by_role("heading", name="What was missing last time")).to_be_visible()
    settled(page)
    page.get_by_label("Your answer").fill(words)
    send(page)
    expect(page.get_by_role("heading", name="Since your last answer")).to_be_visible()
    graded(page)


@BOTH
def test_a_revision_is_told_by_what_it_gained_and_lost_and_by_its_words(
    stage: Stage, page: Page
) -> None:
    answer(page)
    revise(page)

    second, first = stage.client.attempts().items
    assert (second.revises, first.answer, second.answer) == (first.id, ANSWER, BETTER)
    panel = page.locator(".mi-panel", has_text="Since your last answer")
    expect(panel).to_contain_text("points of 100")
    expect(panel).to_contain_text("gained")
    page.get_by_text("Compare the words").click()
    expect(panel.locator("ins")).not_to_have_count(0)
    expect(panel.locator("del")).not_to_have_count(0)
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0


def test_scores_of_two_graders_are_not_compared_and_it_is_said(stage: Stage, page: Page) -> None:
    answer(page)
    stage.grader.identity = PHRASES.model_copy(update={"model": "other"})
    revise(page)

    panel = page.locator(".mi-panel", has_text="Since your last answer")
    expect(panel).to_contain_text("not compared: they were not graded by the same grader")
    expect(page.locator(".mi-change")).to_have_count(0)


@BOTH
def test_words_are_marked_with_the_keyboard_and_both_rulings_are_shown(
    stage: Stage, page: Page
) -> None:
    words = f"🙂 {ANSWER} زيادة"
    answer(page, words)
    page.get_by_role("button", name="I said this").first.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Your answer: select the words that say it")
    expect(box).to_be_visible()
    expect(page.get_by_role("button", name="Ask for a new ruling")).to_be_disabled()
    box.press("Control+Home")
    for _ in range(2):
        box.press("ArrowRight")
    box.press("Shift+Control+End")
    box.press("x")
    expect(box).to_have_value(words)
    expect(page.get_by_text("Marked: “")).to_be_visible()
    assert violations(page) == []
    assert contrast(page.get_by_text("Both rulings are kept.")) >= AA
    page.get_by_role("button", name="Ask for a new ruling").click()
    expect(page.get_by_role("heading", name="Your appeal")).to_be_visible()
    graded(page)

    panel = page.locator(".mi-panel", has_text="Your appeal")
    expect(panel).to_contain_text("Granted")
    expect(panel).to_contain_text("First ruling")
    expect(panel).to_contain_text("After your appeal")
    attempt = stage.client.attempts().items[0]
    (made,) = appeals(attempt.gradings)
    assert words[made.start : made.end] == words[2:].strip()
    assert (made.before.verdict, made.after.verdict) == ("unmet", "met")
    assert violations(page) == []


AA = 4.5
"""The least contrast of text, by WCAG 2.2; axe cannot tell what lies below a dialog."""


def contrast(words: Locator) -> float:
    """Return the contrast of some words with the dialog that they stand in."""
    ratio: float = words.evaluate(
        """node => {
            const paint = document.createElement("canvas").getContext("2d");
            const over = (colour, below) => {
                paint.fillStyle = below; paint.fillRect(0, 0, 1, 1);
                paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map(each => {
                    const part = each / 255;
                    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            let at = node, ground = "rgba(0, 0, 0, 0)";
            while (at && ground === "rgba(0, 0, 0, 0)") {
                ground = getComputedStyle(at).backgroundColor;
                at = at.parentElement;
            }
            const [a, b] = [over(getComputedStyle(node).color, ground), over(ground, ground)];
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }"""
    )
    return ratio


def test_an_appeal_that_is_not_granted_leaves_the_score_as_it_was(stage: Stage, page: Page) -> None:
    answer(page)
    before = page.locator(".mi-total-number").inner_text()
    page.get_by_role("button", name="I said this").first.click()
    box = page.get_by_label("Your answer: select the words that say it")
    box.press("Control+Home")
    box.press("Shift+Control+ArrowRight")
    page.get_by_role("button", name="Ask for a new ruling").click()
    panel = page.locator(".mi-panel", has_text="Your appeal")
    expect(panel).to_contain_text("Not granted")
    expect(panel).to_contain_text("One word is not enough.")
    graded(page)

    expect(page.locator(".mi-total-number")).to_have_text(before)


def test_an_appeal_outlives_a_reload_while_it_is_ruled_on(stage: Stage, page: Page) -> None:
    answer(page)
    stage.grader.pause = 1.0
    grading = stage.client.attempts().items[0].gradings[0]
    unmet = next(c for d in grading.dimensions for c in d.criteria if c.verdict == "unmet")
    stage.client.appeal(grading.id, unmet.id, start=0, end=len(ANSWER))
    page.reload()
    expect(page.get_by_text("looks again at")).to_be_visible()

    expect(page.locator(".mi-panel", has_text="Your appeal")).to_contain_text("Granted")
    assert len(stage.client.attempts().items) == 1


def test_the_reference_answer_is_locked_until_an_attempt_or_the_switch(
    stage: Stage, page: Page
) -> None:
    open_question(page)
    expect(page.get_by_text("The reference answer", exact=True)).to_have_count(0)
    assert stage.client.question("drift-monitoring").solution is None
    page.get_by_text("Study mode", exact=True).click()
    expect(page.get_by_text("The reference answer", exact=True)).to_be_visible()
    expect(page.get_by_role("switch", name="Study mode")).to_be_disabled()
    settled(page)
    assert violations(page) == []
    page.get_by_label("Your answer").fill(ANSWER)
    send(page)
    graded(page)

    expect(page.locator(".mi-facts .mi-badge")).to_have_text("Study mode")
    assert stage.client.attempts().items[0].study_mode
