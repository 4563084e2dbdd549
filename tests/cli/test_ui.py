"""The command that starts the UI, run for real from a folder that knows nothing of us."""

import os
import socket
import subprocess
import time
from pathlib import Path

import httpx2
import pytest

from interviewer.cli.ui import ui_command

READY_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.slow
def test_the_ui_starts_from_any_folder_with_its_own_settings(tmp_path: Path) -> None:
    port = free_port()
    argv, environment = ui_command(
        "http://127.0.0.1:1",
        host="127.0.0.1",
        port=port,
        environment=os.environ,  # noqa: TID251 - what a shell would pass
    )
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(argv, env=environment, cwd=tmp_path) as process:
        try:
            wait_until_healthy(url)
            font = httpx2.get(f"{url}/app/static/inter-latin.woff2", trust_env=False)
            stranger = httpx2.get(
                f"{url}/_stcore/host-config", headers={"Host": "evil.example"}, trust_env=False
            )
        finally:
            process.terminate()
    assert font.status_code == 200, "static serving is off: the app's config.toml was not read"
    assert stranger.status_code != 500


def wait_until_healthy(url: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            if httpx2.get(f"{url}/_stcore/health", trust_env=False).text == "ok":
                return
        except httpx2.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"the UI at {url} is not healthy after {READY_SECONDS} s")


def test_the_command_adds_to_the_environment_and_keeps_the_rest() -> None:
    argv, environment = ui_command(
        "http://127.0.0.1:8000",
        host="127.0.0.1",
        port=8501,
        environment={"HOME": "/home/me", "PYTHONPATH": "/mine"},
        allowed_hosts=("interviewer.example",),
    )

    assert environment["HOME"] == "/home/me"
    assert environment["PYTHONPATH"].endswith(f"{os.pathsep}/mine")
    assert environment["INTERVIEWER_API_URL"] == "http://127.0.0.1:8000"
    assert argv[argv.index("--server.port") + 1] == "8501"
    assert "interviewer.example" in argv
