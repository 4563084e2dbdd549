"""`interviewer up`, which is `make run`, as a process with its two children."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.browser.servers import free_port
from tests.waiting import wait_for

ROOT = Path(__file__).parents[2]


class Running:
    """A supervisor that runs, and where its parts listen."""

    def __init__(self, folder: Path) -> None:
        self.port, self.ui_port = free_port(), free_port()
        command = [sys.executable, "-m", "interviewer", "up", "--port", str(self.port)]
        self.environment = {
            **os.environ,  # noqa: TID251 - handed on to the process
            "PYTHONPATH": str(ROOT),
            "INTERVIEWER_DATA_DIR": str(folder / "data"),
        }
        self.process = subprocess.Popen(
            [*command, "--ui-port", str(self.ui_port)],
            cwd=folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> None:
        wait_for(f"http://127.0.0.1:{self.port}/health/ready")
        wait_for(f"http://127.0.0.1:{self.ui_port}/_stcore/health")

    def answers(self) -> bool:
        try:
            httpx2.get(f"http://127.0.0.1:{self.port}/health/live", trust_env=False)
        except httpx2.TransportError:
            return False
        return True


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    try:
        yield running
    finally:
        running.process.terminate()
        running.process.communicate(timeout=60)


@pytest.mark.slow
def test_one_address_is_printed_and_ctrl_c_stops_both(running: Running) -> None:
    running.wait()
    assert running.process.stdout is not None
    assert running.process.stdout.readline() == (
        f"Interviewer is ready: http://127.0.0.1:{running.ui_port}  (Ctrl-C stops it)\n"
    )
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=60) == 0
    assert not running.answers()


@pytest.mark.slow
def test_when_one_part_dies_the_other_is_not_left_behind(running: Running) -> None:
    running.wait()
    children = subprocess.run(
        ["pgrep", "-P", str(running.process.pid), "-f", "streamlit"],
        capture_output=True,
        text=True,
        check=True,
    )
    os.kill(int(children.stdout.split()[0]), signal.SIGKILL)
    assert running.process.wait(timeout=60) != 0
    assert not running.answers()


@pytest.mark.slow
def test_a_second_start_names_the_service_that_runs(running: Running, tmp_path: Path) -> None:
    running.wait()
    again = subprocess.run(
        [sys.executable, "-m", "interviewer", "up", "--port", str(running.port)],
        cwd=tmp_path,
        env=running.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert again.returncode == 2
    assert f"A service at http://127.0.0.1:{running.port} already uses" in again.stderr
