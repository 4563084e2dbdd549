"""Runs the command line as its users do: as a process."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `interviewer` in an empty folder, with no key and a data folder of its own."""

    def runner(
        *arguments: str, stdin: str | bytes = "", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value
            for name, value in os.environ.items()  # noqa: TID251 - handed on to the process
            if not name.startswith(("INTERVIEWER_", "OPENAI_"))
        }
        environment |= {"INTERVIEWER_DATA_DIR": str(tmp_path / "data"), **settings}
        environment["PYTHONPATH"] = str(Path(__file__).parents[2])
        written = stdin if isinstance(stdin, bytes) else stdin.encode()
        done = subprocess.run(
            [sys.executable, "-m", "interviewer", *arguments],
            input=written,
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return runner
