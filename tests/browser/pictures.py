"""Takes a picture of every page, light, dark and on a phone: `python -m tests.browser.pictures`.

The pictures go to `build/pictures`, to be looked at; `--readme` renews the three of the README. The
service is the real one with the offline grader; the answers are anchors of the bank.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from interviewer import resources
from interviewer.catalog.questions import QuestionBank, read_bank
from interviewer.client import Client
from interviewer.domain.question import Anchor
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from tests.browser.conftest import ARGUMENTS, HERE
from tests.browser.servers import serving, ui_of
from tests.browser.stage import Stage
from tests.browser.steps import settled

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
DRIFT = "drift-monitoring"
DAYS = 12

SIZES = {"light": (1280, 860), "dark": (1280, 860), "phone": (390, 844)}
README = {"practise": "feedback-light", "revision": "revision-light", "progress": "progress-dark"}
"""The README's pictures, and which of all they are."""

Shot = Callable[[Page], None]


expect.set_options(timeout=120_000)


def main(arguments: list[str]) -> None:
    """Take all pictures, or those whose names the arguments begin."""
    out = ROOT / "build" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    wanted = [each for each in arguments if not each.startswith("-")]
    with stage() as (acted, ui), chromium() as browser:
        for name, shot in shots(acted).items():
            if not wanted or any(name.startswith(each) for each in wanted):
                for look in SIZES:
                    take(browser, ui, shot, look, out / f"{name}-{look}.png")
    if "--readme" in arguments:
        for name, taken in README.items():
            shutil.copy(out / f"{taken}.png", IMAGES / f"{name}.png")


@contextmanager
def stage() -> Generator[tuple[Stage, str]]:
    """Run the service and the UI over a history of twelve days."""
    with tempfile.TemporaryDirectory() as folder:
        acted = Stage(Path(folder), OfflineGrader(Embedding()))
        with (
            serving(acted.app) as acted.service,
            Client(acted.url) as acted.client,
            ui_of(acted.url, Path(folder)) as ui,
        ):
            practise(acted, read_bank([resources.rubrics()]))
            yield acted, ui


def practise(acted: Stage, bank: QuestionBank) -> None:
    """Answer a dozen questions with their own anchors, better ones later, and revise one."""
    questions = [each for each in bank if each.anchors][::3][:DAYS]
    for number, question in enumerate(questions):
        ranked = sorted(question.anchors, key=_met)
        anchor = ranked[min(len(ranked) - 1, number * len(ranked) // DAYS)]
        acted.tried(question.id, anchor.answer, days=number - DAYS)
    acted.clock.ahead = timedelta()
    drift = sorted(bank.question(DRIFT).anchors, key=_met)
    first = acted.client.grade(DRIFT, drift[len(drift) // 3].answer, wait=30)
    acted.client.grade(DRIFT, drift[-1].answer, revises=first.attempt_id, wait=30)


def _met(anchor: Anchor) -> int:
    return sum(verdict == "met" for verdict in anchor.verdicts.values())


@contextmanager
def chromium() -> Generator[Browser]:
    found = subprocess.run(
        ["/bin/sh", str(HERE / "find-chromium.sh")], capture_output=True, text=True, check=True
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.stdout.strip().splitlines()[-1], args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


def take(browser: Browser, ui: str, shot: Shot, look: str, file: Path) -> None:
    """Take one picture of what is seen first, and one of the whole page."""
    width, height = SIZES[look]
    page = browser.new_page(
        base_url=ui,
        viewport={"width": width, "height": height},
        color_scheme="dark" if look == "dark" else "light",
    )
    shot(page)
    settled(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.screenshot(path=file, animations="disabled")
    tall: int = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(tall + 80, 4000)})
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.screenshot(path=file.with_name(f"{file.stem}-whole.png"), animations="disabled")
    page.close()


def shots(acted: Stage) -> dict[str, Shot]:
    """Return how to come to each page."""
    revised, first = acted.client.attempts(question_id=DRIFT).items[:2]

    def at(path: str, words: str) -> Shot:
        def come(page: Page) -> None:
            page.goto(path)
            expect(page.get_by_text(words).first).to_be_visible()

        return come

    def appeal(page: Page) -> None:
        page.goto(f"/?q={DRIFT}&attempt={first.id}")
        expect(page.get_by_role("button", name="Revise")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="I said this").first.click()
        box = page.get_by_label("Your answer: select the words that say it")
        box.press("Control+Home")
        for _ in range(12):
            box.press("Shift+Control+ArrowRight")

    def findings(page: Page) -> None:
        page.goto("/rubric")
        faulty = acted.client.rubrics.scaffold().replace("difficulty: ", "difficulty: very ")
        page.get_by_label("Question file", exact=True).fill(faulty)
        page.get_by_role("button", name="Check it").click()
        expect(page.get_by_role("list", name="Findings")).to_be_visible()

    return {
        "appeal": appeal,
        "findings": findings,
        "ask": at(f"/?q={DRIFT}", "Graded on"),
        "feedback": at(f"/?q={DRIFT}&attempt={first.id}", "Why this score"),
        "revision": at(f"/?q={DRIFT}&attempt={revised.id}", "Since your last answer"),
        "revise": at(f"/?q={DRIFT}&revises={first.id}", "What was missing last time"),
        "bank": at("/bank", "questions"),
        "bank-empty": at("/bank?search=zzzz", "No question fits"),
        "progress": at("/progress", "All answers"),
        "warm-up": at("/warm-up", "Start a run of five"),
        "interview": at("/interview", "Start the interview"),
        "rubric": at("/rubric", "Nothing checked yet"),
        "settings": at("/settings", "Delete everything"),
        "not-there": at("/?q=nothing-here", "There is nothing here"),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
