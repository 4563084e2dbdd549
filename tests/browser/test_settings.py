"""Taking one's history out, and deleting it."""

from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.steps import ANSWER, answer, settled
from tests.browser.test_surface import BOTH, violations


def test_the_history_can_be_taken_out_and_then_deleted(stage: Stage, page: Page) -> None:
    answer(page)
    page.get_by_role("link", name="Settings").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    assert ANSWER in download.value.path().read_text(encoding="utf-8")

    page.get_by_role("button", name="Delete my history").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_text("Deleted: 1 answer and 1 grading.")).to_be_visible()
    assert stage.client.attempts().items == ()


@BOTH
def test_the_settings_are_accessible(stage: Stage, page: Page) -> None:
    page.goto("/settings")
    expect(page.get_by_role("button", name="Delete my history")).to_be_visible()
    settled(page)

    assert violations(page) == []
