"""Starts what a browser test needs on free ports, and stops it by process id."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import uvicorn
from fastapi import FastAPI

from interviewer.cli.sign_in import SignIn
from interviewer.cli.ui import ui_command

READY_SECONDS = 300


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Service:
    """Serves from a thread of this process, at one address that outlives a restart."""

    def __init__(self, make: Callable[[], FastAPI]) -> None:
        self._make = make
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        config = uvicorn.Config(
            self._make(), host="127.0.0.1", port=self._port, log_level="warning"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        wait_for(f"{self.url}/health/ready")

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=30)

    def restart(self) -> None:
        """Stop, forget all that was in memory, and start from what was stored."""
        self.stop()
        self.start()


@contextmanager
def serving(make: Callable[[], FastAPI]) -> Generator[Service]:
    """Serve an app and yield its service."""
    service = Service(make)
    service.start()
    try:
        yield service
    finally:
        service.stop()


@contextmanager
def ui_of(
    api_url: str, folder: Path, sign_in: SignIn | None = None, port: int | None = None
) -> Generator[str]:
    """Run the real Streamlit process, started in an empty folder, and yield its address."""
    port = port or free_port()
    argv, environment = ui_command(
        api_url,
        host="127.0.0.1",
        port=port,
        environment=os.environ,  # noqa: TID251 - what a shell would pass
        sign_in=sign_in,
    )
    log = folder / "streamlit.log"
    with (
        log.open("w", encoding="utf-8") as out,
        subprocess.Popen(
            argv, env=environment, cwd=folder, stdout=out, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(url: str) -> None:
    """Wait until something answers at an address."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            if httpx2.get(url, trust_env=False).is_success:
                return
        except httpx2.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer after {READY_SECONDS} s")
