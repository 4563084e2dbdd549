"""Every command of the README runs as it is written."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.servers import free_port
from tests.waiting import wait_for
from training.quality import table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEV_SET = ROOT / "tests" / "evaluation" / "dev_set"
ELSEWHERE = {
    "make run": "tests/cli/test_up.py",
    "make test": ".ci/run",
    "interviewer practise": "tests/cli/test_practise.py",
    "interviewer practise drift-monitoring": "tests/cli/test_practise.py",
}
"""Commands that this test cannot run inside itself, and where they are run."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def commands() -> list[str]:
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.strip()]
    return [line for line in lines if line not in ELSEWHERE]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out the files that the README speaks of; its commands run here in their order."""
    folder = tmp_path
    (folder / "answer.md").write_text("I alert when PSI is above 0.2.", encoding="utf-8")
    for name in ("answers.jsonl", "labels.jsonl"):
        rows = (DEV_SET / name).read_text(encoding="utf-8").splitlines()
        (folder / name).write_text("\n".join(rows[:3]) + "\n", encoding="utf-8")
    return folder


def environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - handed on to the process
        if not name.startswith(("INTERVIEWER_", "OPENAI_"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), "INTERVIEWER_DATA_DIR": str(folder / "data")}


@pytest.mark.slow
def test_the_commands_of_the_readme_run_one_after_the_other(folder: Path) -> None:
    for command in commands():
        program, *arguments = shlex.split(command)
        assert program == "interviewer"
        done = subprocess.run(
            [sys.executable, "-m", "interviewer", *arguments],
            cwd=folder,
            env=environment(folder),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


@pytest.mark.slow
def test_the_programs_of_the_readme_run_against_a_service(tmp_path: Path) -> None:
    port = str(free_port())
    serve = [sys.executable, "-m", "interviewer", "serve", "--port", port]
    with subprocess.Popen(serve, env=environment(tmp_path)) as service:
        try:
            wait_for(f"http://127.0.0.1:{port}/health/ready")
            one, many = (printed(program, port, tmp_path) for program in blocks("python"))
        finally:
            service.terminate()
    assert one.startswith("graded points=")
    assert "graded=2" in many


def printed(program: str, port: str, folder: Path) -> str:
    """Return what a program of the README prints that talks to the service at this port."""
    done = subprocess.run(
        [sys.executable, "-c", program.replace("8000", port)],
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_quality_table_is_the_measured_one() -> None:
    assert f"<!-- quality: python -m training.quality -->\n{table()}\n" in README


def test_links_and_pictures_of_the_readme_exist() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
