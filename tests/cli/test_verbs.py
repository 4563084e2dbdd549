import socket
from pathlib import Path

import pytest

from interviewer.cli.main import VERBS
from tests.cli.conftest import Run


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_verb_shows_an_example(run: Run, verb: str) -> None:
    done = run(verb, "--help")
    assert done.returncode == 0, done.stderr
    assert f"Example: interviewer {verb}" in done.stdout or "Example: " in done.stdout


def test_an_unknown_verb_or_setting_is_one_sentence(run: Run) -> None:
    assert "No such command" in run("grad").stderr
    wrong = run("questions", INTERVIEWER_GRADR="llm")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_the_bank_is_listed_and_filtered(run: Run) -> None:
    everything = run("questions").stdout.splitlines()
    hard = run("questions", "--difficulty", "hard").stdout.splitlines()
    assert 0 < len(hard) < len(everything)
    assert run("questions", "--topic", "nonesuch").returncode == 2


def test_check_names_every_fault_and_prints_the_schema(run: Run, tmp_path: Path) -> None:
    assert run("check").returncode == 0
    (tmp_path / "mine.yaml").write_text("id: mine\nkind: odd\nminutes: -1\n", encoding="utf-8")
    done = run("check", "mine.yaml")
    assert done.returncode == 2
    assert "mine.yaml:2: kind" in done.stderr
    assert "mine.yaml:3: minutes" in done.stderr
    assert '"title": "Question"' in run("check", "--schema").stdout


def test_doctor_says_where_answers_go_and_what_to_mend(run: Run, tmp_path: Path) -> None:
    done = run("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "stay on this machine" in done.stdout
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    done = run("doctor", INTERVIEWER_DATA_DIR=str(blocked / "data"))
    assert done.returncode == 3
    assert "Set INTERVIEWER_DATA_DIR" in done.stdout


def test_doctor_says_that_a_model_cannot_be_reached(run: Run) -> None:
    done = run("doctor", OPENAI_BASE_URL="http://127.0.0.1:9/v1", INTERVIEWER_MODEL="any")
    assert done.returncode == 3
    assert "FAIL  Model" in done.stdout
    assert "are sent to http://127.0.0.1:9/v1" in done.stdout


def test_a_taken_port_is_one_sentence(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("up", "--port", port)
    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
