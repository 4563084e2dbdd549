"""A real service is asked to stop with work in hand, and takes it up again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from interviewer.client import Client
from interviewer.domain.grading import Status
from interviewer.wire import DoneEvent
from tests.browser.servers import free_port
from tests.waiting import wait_for

ROOT = Path(__file__).parents[2]
ANSWERS = 6
SECRET = "marmalade"


@contextmanager
def service(folder: Path, log: Path) -> Generator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Run `interviewer serve` as its users do, with its log in a file."""
    port = str(free_port())
    kept = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - handed on to the process
        if not name.startswith(("INTERVIEWER_", "OPENAI_"))
    }
    told = {"INTERVIEWER_DATA_DIR": str(folder / "data"), "INTERVIEWER_LOG": "json"}
    command = [sys.executable, "-m", "interviewer", "serve", "--port", port]
    with (
        log.open("wb") as stderr,
        subprocess.Popen(
            command, env={**kept, **told, "PYTHONPATH": str(ROOT)}, cwd=folder, stderr=stderr
        ) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/health/ready")
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()


@pytest.mark.slow
def test_what_was_accepted_before_a_stop_is_graded_after_it(tmp_path: Path) -> None:
    first, second = tmp_path / "first.log", tmp_path / "second.log"
    with service(tmp_path, first) as (url, process), Client(url) as client:
        accepted = [
            client.grade("drift-monitoring", f"The {SECRET} {n}: I alert when PSI is above 0.2.").id
            for n in range(ANSWERS)
        ]
        process.send_signal(signal.SIGTERM)
        # Once all is put away the server dies of the signal, as whoever sent it expects.
        assert process.wait(timeout=60) in {0, -signal.SIGTERM}
    with service(tmp_path, second) as (url, _), Client(url) as client:
        for grading_id in accepted:
            last = list(client.events(grading_id))[-1]
            assert isinstance(last, DoneEvent)
            assert last.data.status is Status.GRADED
    for log in (first, second):
        text = log.read_text(encoding="utf-8")
        assert SECRET not in text
        events = [json.loads(line)["event"] for line in text.splitlines() if line.startswith("{")]
        assert "request" in events
