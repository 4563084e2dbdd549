"""Warm-ups with the keyboard alone, from the tips to writing an answer oneself."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.steps import overflow, settled
from tests.browser.test_surface import BOTH, violations

WORDS = (
    "First I ask about the load and the latency budget. Then I choose a design with a cache and "
    "a canary, and at last I say what fails: I alert on errors and roll back."
)


def begin(page: Page) -> None:
    page.goto("/warm-up")
    page.get_by_role("button", name="Start a run of five").click()
    expect(page.get_by_role("button", name="Choose A")).to_be_visible()
    settled(page)


def test_a_run_of_five_is_played_with_the_keys_and_ends_with_writing(
    stage: Stage, page: Page
) -> None:
    begin(page)
    for step in range(5):
        expect(page.get_by_text(f"{step + 1} of 5")).to_be_visible()
        settled(page)
        page.keyboard.press(str(step % 4 + 1))
        expect(page.locator(".mi-why")).to_have_count(4)
        expect(page.get_by_text("How a full answer moves")).to_be_visible()
        settled(page)
        page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Your run")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Write a full answer").first.click()

    expect(page.get_by_label("Your answer")).to_be_visible()


def test_written_by_oneself_the_structure_stands_beside_the_one_to_recognise(
    stage: Stage, page: Page
) -> None:
    begin(page)
    page.keyboard.press("1")
    expect(page.locator(".mi-why")).to_have_count(4)
    settled(page)
    page.get_by_role("button", name="Write it yourself").click()
    page.get_by_label("Your answer").fill(WORDS)
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value(WORDS)
    settled(page)
    page.get_by_role("button", name="Compare the structure").click()

    expect(page.get_by_text("How your answer moves")).to_be_visible()
    expect(page.get_by_text("How a full answer moves")).to_be_visible()
    settled(page)
    assert violations(page) == []
    assert [each.answer for each in stage.client.attempts().items] == [WORDS]
    page.get_by_role("button", name="Back to the warm-up").click()
    expect(page.get_by_role("button", name="Next warm-up")).to_be_visible()


def test_a_reload_neither_loses_the_choice_nor_lets_one_choose_again(
    stage: Stage, page: Page
) -> None:
    begin(page)
    page.keyboard.press("3")
    expect(page.get_by_text("Your pick")).to_be_visible()
    page.reload()

    expect(page.get_by_text("Your pick")).to_be_visible()
    expect(page.get_by_role("button", name="Choose A")).to_have_count(0)


@BOTH
def test_a_judged_warm_up_is_accessible(stage: Stage, page: Page) -> None:
    begin(page)
    assert violations(page) == []
    page.keyboard.press("2")
    expect(page.locator(".mi-why")).to_have_count(4)
    settled(page)

    assert violations(page) == []


@pytest.mark.parametrize("path", ["/warm-up", "/warm-up?run=phone"])
def test_a_phone_shows_warm_ups_without_sideways_scroll(
    stage: Stage, page: Page, path: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)

    assert overflow(page) <= 0
