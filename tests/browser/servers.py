"""Starts what a browser test needs on free ports, and stops it by process id."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Generator
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


@contextmanager
def serving(app: FastAPI) -> Generator[str]:
    """Serve an app from a thread of this process and yield its address."""
    port = free_port()
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    wait_for(f"{url}/health/ready")
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join(timeout=10)


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
