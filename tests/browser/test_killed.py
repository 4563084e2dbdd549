"""The service is killed while it grades and started again: nothing is lost, nothing comes twice."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from interviewer.client import Client
from interviewer.domain.grading import Status
from tests.browser.servers import free_port, ui_of, wait_for
from tests.browser.steps import ANSWER, graded, settled
from tests.model_server import Action, ModelServer, Say, Seen, met_everywhere

DELAY_SECONDS = 4.0
"""How long the scripted model thinks about every dimension: time enough to be killed in."""


def think(seen: Seen) -> Action:
    said = met_everywhere(seen)
    return replace(said, delay=DELAY_SECONDS) if isinstance(said, Say) else said


@contextmanager
def model() -> Generator[str]:
    """Run the scripted model's server in a thread and yield its address."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = ModelServer(think)
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    try:
        yield server.url
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def service(port: int, folder: Path, model_url: str) -> "subprocess.Popen[bytes]":
    """Start the real service over its own SQLite file, and wait until it is there."""
    environment = {
        **os.environ,  # noqa: TID251 - what a shell would pass
        "INTERVIEWER_DATA_DIR": str(folder),
        "OPENAI_BASE_URL": model_url,
        "OPENAI_API_KEY": "none",
        "INTERVIEWER_MODEL": "fake",
    }
    with (folder / "service.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "interviewer", "serve", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/health/ready")
    except AssertionError:
        process.kill()
        raise
    return process


@pytest.mark.slow
def test_a_service_that_is_killed_in_mid_grading_loses_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with model() as model_url, ui_of(url, tmp_path) as ui:
        process = service(port, tmp_path, model_url)
        try:
            with Client(url) as client:
                grader = client.about().grader
                client.consent(grader.server or "", grader.model)
            page = browser.new_page()
            page.goto(f"{ui}/?q=drift-monitoring")
            page.get_by_label("Your answer").fill(ANSWER)
            settled(page)
            page.get_by_role("button", name="Get feedback").click()
            expect(page.get_by_text("of 7 dimensions")).to_be_visible()
            process.kill()
            process.wait()
            other = browser.new_page()
            other.goto(f"{ui}/bank")
            expect(other.get_by_role("alert")).to_contain_text("The service cannot be reached")
            process = service(port, tmp_path, model_url)
            other.get_by_role("button", name="Try again").click()
            expect(other.get_by_role("button", name="Practise").first).to_be_visible()
            other.close()
            page.reload()
            graded(page)

            with Client(url) as client:
                (attempt,) = client.attempts().items
            assert attempt.answer == ANSWER
            assert [(e.status, e.reason) for e in attempt.gradings] == [(Status.GRADED, None)]
            page.close()
        finally:
            process.kill()
            process.wait()
