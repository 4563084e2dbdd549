"""A terminal for a process: reads what it says, and types when it has said it."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

PATIENCE_SECONDS = 90.0
"""A loaded machine takes this long to start a service; good runs wait 2 s."""


class Talk:
    """One process at its terminal."""

    def __init__(self, process: subprocess.Popen[bytes], end: int) -> None:
        self.process = process
        self._end = end
        self._said = b""
        self._read = 0

    @property
    def said(self) -> str:
        return self._said.decode(errors="replace")

    def wait_for(self, words: str) -> None:
        """Return once the process has said this, after all that was waited for before."""
        wanted, deadline = words.encode(), time.monotonic() + PATIENCE_SECONDS
        while (found := self._said.find(wanted, self._read)) < 0:
            if time.monotonic() > deadline or not self._listen():
                raise AssertionError(f"it never said {words!r}, but:\n{self.said}")
        self._read = found + len(wanted)

    def type(self, line: str) -> None:
        os.write(self._end, f"{line}\n".encode())

    def answer(self, prompt: str, line: str) -> None:
        """Type a line where the process asks for it."""
        self.wait_for(prompt)
        self.type(line)

    def ended(self) -> int:
        """Return the exit code, with all that was said until then read."""
        while self._listen():
            pass
        return self.process.wait(PATIENCE_SECONDS)

    def _listen(self) -> bool:
        """Read a piece; False when the process has gone, or is silent for too long."""
        if not select.select([self._end], [], [], PATIENCE_SECONDS)[0]:
            return False
        try:
            piece = os.read(self._end, 65536)
        except OSError:
            return False
        self._said += piece
        return bool(piece)


@contextmanager
def talking(*arguments: str, folder: Path, environment: Mapping[str, str]) -> Generator[Talk]:
    """Start `interviewer` at a terminal of its own, 100 columns wide."""
    end, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "interviewer", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={**environment, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Talk(process, end)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        os.close(end)
