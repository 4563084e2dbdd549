"""What a candidate does, in a candidate's words."""

import re

from playwright.sync_api import Locator, Page, expect

ANSWER = (
    "I separate data drift from concept drift. A nightly job computes the PSI of each feature "
    "against a training sample and alerts above 0.2. A canary takes 5% of the traffic first."
)


def settled(page: Page) -> None:
    """Wait until the app has nothing left to draw."""
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute(
        "data-test-script-state", "notRunning"
    )


def open_question(page: Page, question_id: str = "drift-monitoring") -> Locator:
    """Open a question and return its answer box."""
    page.goto(f"/?q={question_id}")
    box = page.get_by_label("Your answer")
    expect(box).to_be_visible()
    settled(page)
    return box


def send(page: Page) -> None:
    """Send what stands in the box."""
    page.get_by_role("button", name="Get feedback").click()


def graded(page: Page) -> None:
    """Wait until the feedback is complete."""
    expect(page.get_by_role("button", name="Revise")).to_be_visible()
    settled(page)


def answer(page: Page, words: str = ANSWER) -> None:
    """Answer the drift question and wait for the feedback."""
    open_question(page).fill(words)
    send(page)
    graded(page)


def shown_answer(page: Page) -> str:
    """Return the annotated answer as a reader sees it, without the tooltips."""
    text: str = page.locator(".mi-answer").evaluate(
        "node => { const copy = node.cloneNode(true);"
        " copy.querySelectorAll('.mi-tip').forEach(tip => tip.remove()); return copy.textContent }"
    )
    return text


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    width: int = page.evaluate(
        "() => Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth) - window.innerWidth"
    )
    return width


def fits(page: Page) -> None:
    """Wait until the page is no wider than its window: charts are drawn anew for another width."""
    page.wait_for_function(
        "() => Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth) <= window.innerWidth"
    )


SCORE = re.compile(r"^\d+$")
