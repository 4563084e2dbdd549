"""One browser and one UI for all browser tests, one fresh context and service for each."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from interviewer.client import Client
from tests.browser.servers import serving, ui_of
from tests.browser.stage import Stage

HERE = Path(__file__).parent
PATIENCE_MS = 90_000
"""A loaded machine with two cores takes this long for a first page; good runs wait 2 s."""

expect.set_options(timeout=PATIENCE_MS)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
)
PROBES = "/_stcore/"
"""Streamlit asks for its own addresses below each page's path and takes a 404 for an answer."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests here, and keep them in one worker: they share a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = subprocess.run(
        ["/bin/sh", str(HERE / "find-chromium.sh")], capture_output=True, text=True, check=True
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.stdout.strip().splitlines()[-1], args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def shared_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(tmp_path_factory.mktemp("service"))
    with serving(stage.app) as stage.service, Client(stage.url) as stage.client:
        yield stage


@pytest.fixture(scope="package")
def ui(shared_stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with ui_of(shared_stage.url, tmp_path_factory.mktemp("ui")) as url:
        yield url


@pytest.fixture
def stage(shared_stage: Stage) -> Stage:
    """Return the service, emptied; what one test leaves behind is not the next one's."""
    shared_stage.clear()
    return shared_stage


@pytest.fixture(params=["light"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Return the colour scheme; a test asks for both with indirect parameters."""
    return str(request.param)


@pytest.fixture(scope="package")
def context(browser: Browser, ui: str) -> Iterator[BrowserContext]:
    """Return one profile for all tests: each would fetch the framework's 3 MB again."""
    context = browser.new_context(base_url=ui)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, ui: str, scheme: str) -> Iterator[Page]:
    """Return a fresh tab with empty storage; nothing may leave the machine or fail in it."""
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    asked: list[str] = []
    errors: list[str] = []

    def on_request(request: Request) -> None:
        asked.append(request.url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and PROBES not in message.location.get("url", ""):
            errors.append(message.text)

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.evaluate("localStorage.clear()")
    page.close()
    abroad = [url for url in asked if not url.startswith((ui, "data:", "blob:"))]
    assert abroad == []
    assert errors == []
