"""Waits for a process of ours to answer."""

import time

import httpx2

PATIENCE_SECONDS = 90
"""Starting takes a second or two; a machine that runs all tests at once takes longer."""


def wait_for(url: str) -> None:
    """Return once the address answers 200. Raises: AssertionError when it does not in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx2.get(url, trust_env=False).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer within {PATIENCE_SECONDS} s")
