"""The author's page: paste or upload a question file, read the findings, try an answer."""

from pathlib import Path

from playwright.sync_api import Page, expect

from interviewer import resources
from tests.browser.stage import Stage
from tests.browser.steps import overflow, settled
from tests.browser.test_surface import BOTH, violations

FILE = next(resources.rubrics().rglob("drift-monitoring.yaml"))
GOOD = FILE.read_text(encoding="utf-8")
FAULTY = GOOD.replace("difficulty: medium", "difficulty: fiendish").replace(
    "minutes: 20", "minutes: 0"
)


def line_of(text: str, words: str) -> str:
    return f"Line {text.splitlines().index(words) + 1}"


@BOTH
def test_a_pasted_file_is_checked_with_lines_and_survives_a_reload(
    stage: Stage, page: Page
) -> None:
    page.goto("/rubric")
    box = page.get_by_label("Question file", exact=True)
    expect(box).to_be_visible()
    settled(page)
    assert violations(page) == []
    box.fill(FAULTY)
    page.get_by_role("button", name="Check it").click()
    found = page.get_by_role("list", name="Findings")
    expect(found).to_contain_text(line_of(FAULTY, "difficulty: fiendish"))
    expect(found).to_contain_text(line_of(FAULTY, "minutes: 0"))
    settled(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.reload()
    expect(page.get_by_label("Question file", exact=True)).to_have_value(FAULTY)


def test_an_upload_is_checked_and_tried_on_an_answer_and_nothing_is_stored(
    stage: Stage, page: Page, tmp_path: Path
) -> None:
    chosen = tmp_path / "mine.yaml"
    chosen.write_text(GOOD, encoding="utf-8")
    page.goto("/rubric")
    page.locator("input[type=file]").set_input_files(chosen)
    expect(page.get_by_label("An answer to this question")).to_be_visible()
    settled(page)
    expect(page.get_by_label("Question file", exact=True)).to_have_value(GOOD)
    page.get_by_label("An answer to this question").fill(
        "A nightly job computes the PSI of each feature <b>and</b> alerts above 0.2."
    )
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Why this score")).to_be_visible()

    expect(page.locator(".mi-answer mark")).not_to_have_count(0)
    expect(page.locator(".mi-answer")).to_contain_text("<b>and</b>")
    assert stage.client.attempts().items == ()


def test_a_file_that_is_no_text_is_refused_in_words(
    stage: Stage, page: Page, tmp_path: Path
) -> None:
    chosen = tmp_path / "picture.yaml"
    chosen.write_bytes(b"\xff\xfe\x00\x81")
    page.goto("/rubric")
    page.locator("input[type=file]").set_input_files(chosen)

    expect(page.get_by_role("alert")).to_contain_text("Save 'picture.yaml' as UTF-8.")


def test_who_has_no_file_starts_from_a_whole_one(stage: Stage, page: Page) -> None:
    page.goto("/rubric")
    page.get_by_role("button", name="Start from an example").click()
    expect(page.get_by_role("button", name="Start from an example")).to_have_count(0)
    settled(page)
    box = page.get_by_label("Question file", exact=True)
    expect(box).to_have_value(stage.client.rubrics.scaffold())
    page.get_by_role("button", name="Check it").click()

    expect(page.get_by_label("An answer to this question")).to_be_visible()
