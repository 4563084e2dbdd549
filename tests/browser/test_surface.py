"""The surface: accessible in both themes, quiet on the network, ours and not the default look."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pydantic import BaseModel, TypeAdapter

from interviewer.wire import InterviewRequest
from tests.browser.stage import Stage
from tests.browser.steps import ANSWER, answer, graded, open_question, settled
from ui.markup.numbers import percent

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
BOTH = pytest.mark.parametrize("scheme", ["light", "dark"], indirect=True)
STREAMLITS_OWN = {
    "svg-img-alt": "stMetric",
    "presentation-role-conflict": "stFileUploaderDropzone",
}
"""Rules that parts of Streamlit's break inside, where we cannot reach."""


class Node(BaseModel):
    """One element that axe complains about."""

    html: str
    target: list[str | list[str]]


class Violation(BaseModel):
    """One rule that is broken, and where."""

    id: str
    help: str
    nodes: list[Node]


def violations(page: Page) -> list[str]:
    """Return what axe finds under WCAG 2.0 to 2.2 A and AA and its best practice."""
    page.evaluate(AXE)
    found = page.evaluate(
        "async () => JSON.stringify((await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa',"
        " 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}))"
        ".violations.map(({id, help, nodes}) =>"
        " ({id, help, nodes: nodes.map(({html, target}) => ({html, target}))})))"
    )
    return [
        f"{each.id}: {each.help}: {node.html[:160]}"
        for each in TypeAdapter(list[Violation]).validate_json(found)
        for node in each.nodes
        if STREAMLITS_OWN.get(each.id, "of ours") not in f"{node.target} {node.html}"
    ]


@BOTH
def test_the_empty_box_is_accessible(stage: Stage, page: Page) -> None:
    open_question(page)

    assert violations(page) == []


@BOTH
def test_the_feedback_is_accessible(stage: Stage, page: Page) -> None:
    answer(page, "PSI and a nightly job. If PSI is high then the model is wrong by definition.")
    for fold in page.locator("details > summary").all()[:3]:
        fold.click()

    assert violations(page) == []


@BOTH
@pytest.mark.parametrize("path", ["/bank", "/bank?difficulty=Hard&search=zzzz", "/?q=none-such"])
def test_the_other_pages_are_accessible(stage: Stage, page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading").first).to_be_visible()
    settled(page)

    assert violations(page) == []


@BOTH
def test_the_report_of_an_interview_is_accessible(stage: Stage, page: Page) -> None:
    asked = InterviewRequest(questions=1, minutes=30, follow_ups=False)
    room = stage.client.interviews.start(asked)
    stage.client.interviews.answer(room.id, 0, ANSWER)
    stage.client.interviews.finish(room.id)
    page.goto(f"/interview?id={room.id}")
    expect(page.get_by_role("heading", name="Your interview")).to_be_visible()
    expect(page.get_by_role("button", name="Save as JSON")).to_be_visible()
    settled(page)

    assert violations(page) == []


def test_the_way_from_question_to_appeal_needs_no_mouse(stage: Stage, page: Page) -> None:
    open_question(page)
    tab_to(page, "TEXTAREA")
    page.keyboard.type(ANSWER)
    page.keyboard.press("Control+Enter")
    graded(page)
    tab_to(page, "MARK")
    tab_to(page, "I said this")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    tab_to(page, "Revise")
    page.keyboard.press("Enter")

    expect(page.get_by_label("Your answer")).to_have_value(ANSWER)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until an element with this name or of this kind has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        at: str = page.evaluate(
            "() => { let at = document.activeElement;"
            " while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
            " return `${at.tagName} ${at.textContent}` }"
        )
        if at.startswith(wanted) or at.removeprefix("BUTTON ").endswith(wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached with the keyboard")


def test_the_parts_of_streamlit_that_our_style_reaches_are_still_called_so(
    stage: Stage, page: Page
) -> None:
    page.goto("/bank?difficulty=Hard")
    expect(page.get_by_role("heading", name="Question bank")).to_be_visible()
    settled(page)

    expect(page.locator('[data-testid="stMain"]')).to_have_count(1)
    expect(page.locator('[data-testid="stMainBlockContainer"]')).to_have_count(1)
    expect(page.locator('button[data-variant][data-selected="true"]')).to_have_count(1)


def test_our_own_font_is_loaded(stage: Stage, page: Page) -> None:
    open_question(page)

    assert page.evaluate("document.fonts.check('15px Inter')")
    assert page.evaluate("[...document.fonts].some(font => font.status === 'loaded')")


def test_the_filters_of_the_bank_are_in_the_address(stage: Stage, page: Page) -> None:
    page.goto("/bank")
    page.get_by_role("radio", name="Hard").click()
    page.get_by_role("radio", name="System design").click()
    page.get_by_role("radio", name="New").click()
    page.get_by_role("radio", name="Feature pipelines").click()
    page.get_by_label("Search").fill("fresh features")
    expect(page.get_by_text("1 question", exact=True)).to_be_visible()
    page.reload()

    expect(page.get_by_text("1 question", exact=True)).to_be_visible()
    for each in ("difficulty=hard", "kind=system", "practised=new", "topic=feature"):
        assert each in page.url.lower()


def test_a_card_says_how_often_and_how_well_it_was_practised(stage: Stage, page: Page) -> None:
    for _ in range(2):
        stage.tried("drift-monitoring", ANSWER)
    best = stage.client.question("drift-monitoring").best
    assert best is not None
    page.goto("/bank?practised=Tried")

    words = f"Best {percent(best.percent)} in 2 tries, offline"
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("1 question", exact=True)).to_be_visible()


def test_filters_that_fit_nothing_offer_to_be_cleared(stage: Stage, page: Page) -> None:
    page.goto("/bank?search=zzzz")
    page.get_by_role("button", name="Clear filters").click()

    expect(page.get_by_role("button", name="Practise").first).to_be_visible()
    expect(page.get_by_label("Search")).to_have_value("")


def test_an_answer_in_the_history_opens_with_its_feedback(stage: Stage, page: Page) -> None:
    answer(page)
    page.get_by_role("link", name="Progress").click()
    page.get_by_role("button", name="Open").click()

    expect(page.get_by_role("heading", name="Why this score")).to_be_visible()
