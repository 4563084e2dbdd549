"""Practising in a terminal: a process at a real one, with an editor that writes by itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.talk import talking

ROOT = Path(__file__).parents[2]
ANSWER = (
    "A nightly job computes the PSI of each feature against a training sample and alerts above "
    "0.2. A canary takes 5% of the traffic before the rest."
)
MORE = "I separate data drift from concept drift, for only the second one breaks the model."


def editor(folder: Path, *goes: str) -> str:
    """Return an EDITOR that puts one of these before the text each time it is opened."""
    words = folder / "words.json"
    words.write_text(json.dumps(goes), encoding="utf-8")
    script = folder / "editor.py"
    script.write_text(
        "import json, sys\n"
        "from pathlib import Path\n"
        f"words = Path({str(words)!r})\n"
        "first, *others = json.loads(words.read_text()) or ['']\n"
        "words.write_text(json.dumps(others))\n"
        "path = Path(sys.argv[1])\n"
        "path.write_text(first + '\\n' + path.read_text(encoding='utf-8'), encoding='utf-8')\n"
        "sys.exit(7 if first.startswith('FAIL') else 0)\n",
        encoding="utf-8",
    )
    return f"{sys.executable} {script}"


def environment(folder: Path, command: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - handed on to the process
        if not name.startswith(("INTERVIEWER_", "OPENAI_", "VISUAL"))
    }
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "INTERVIEWER_DATA_DIR": str(folder / "data"),
        "EDITOR": command,
    }


@pytest.mark.slow
def test_a_question_is_written_graded_revised_and_kept(tmp_path: Path, run: Run) -> None:
    settings = environment(tmp_path, editor(tmp_path, "", ANSWER, MORE))
    with talking("practise", "drift-monitoring", folder=tmp_path, environment=settings) as talk:
        talk.answer("Choice [w]", "h")
        talk.answer("Choice [w]", "x")
        talk.wait_for("Type one of")
        talk.answer("Choice [w]", "w")
        talk.wait_for("Nothing was written")
        talk.answer("Choice [w]", "")
        talk.wait_for("PSI")
        talk.wait_for("Graded offline")
        talk.answer("Choice [r]", "r")
        talk.wait_for("points since your last answer")
        talk.wait_for("Choice [r]")
        exported = json.loads(run("export").stdout)["attempts"]
        talk.type("r")
        talk.wait_for("not graded again")
        talk.answer("Choice [r]", "q")
        assert talk.ended() == 0

    newest, oldest = exported
    assert oldest["answer"] == ANSWER
    assert newest["answer"] == f"{MORE}\n{ANSWER}"
    assert newest["revises"] == oldest["id"]
    assert not list((tmp_path / "data" / "drafts").glob("*.md"))


@pytest.mark.slow
def test_a_draft_outlives_an_editor_that_fails_and_the_process(tmp_path: Path) -> None:
    settings = environment(tmp_path, editor(tmp_path, "FAIL half a thought", ANSWER))
    with talking("practise", "drift-monitoring", folder=tmp_path, environment=settings) as talk:
        talk.answer("Choice [w]", "w")
        talk.wait_for("ended with code 7")
        talk.wait_for("Your draft is safe")
        talk.process.kill()
        talk.ended()
    with talking("practise", "drift-monitoring", folder=tmp_path, environment=settings) as talk:
        talk.answer("Choice [w]", "w")
        talk.answer("Choice [r]", "q")
        assert talk.ended() == 0
    draft = subprocess.run(
        [sys.executable, "-m", "interviewer", "export"],
        cwd=tmp_path,
        env=settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    (attempt,) = json.loads(draft.stdout)["attempts"]
    assert attempt["answer"] == f"{ANSWER}\nFAIL half a thought"


@pytest.mark.slow
def test_an_interview_is_left_continued_and_reported(tmp_path: Path) -> None:
    settings = environment(tmp_path, editor(tmp_path, ANSWER, MORE))
    asked = ("practise", "--topic", "monitoring-and-drift", "--questions", "1")
    with talking(*asked, folder=tmp_path, environment=settings) as talk:
        talk.answer("Enter for an interview of 1", "")
        talk.answer("Choice [w]", "a")
        talk.answer("Your question", "Which colour is the building?")
        talk.wait_for("state your assumption")
        talk.answer("Choice [w]", "h")
        talk.answer("Choice [w]", "q")
        assert talk.ended() == 0
    with talking(*asked, folder=tmp_path, environment=settings) as talk:
        talk.answer("Enter for an interview of 1", "")
        talk.answer("Choice [c]", "c")
        talk.answer("Choice [w]", "w")
        talk.wait_for("follow-up")
        talk.answer("Choice [w]", "w")
        talk.wait_for("after a nudge")
        talk.wait_for("Three things to practise")
        talk.answer("Choice [q]", "j")
        assert talk.ended() == 0

    (file,) = tmp_path.glob("interview-*.json")
    (step,) = json.loads(file.read_text(encoding="utf-8"))["steps"]
    assert step["answer"] == ANSWER
    assert step["figures"]["hints"] > 0


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        pytest.param("", "There is no editor to write in; set EDITOR", id="none"),
        pytest.param("no-such-editor -w", "The editor 'no-such-editor' cannot be", id="unknown"),
        pytest.param("vi 'open", "which has an open quote", id="quote"),
    ],
)
def test_an_editor_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, command: str, sentence: str
) -> None:
    settings = environment(tmp_path, command)
    with talking("practise", "drift-monitoring", folder=tmp_path, environment=settings) as talk:
        assert talk.ended() == 2
    assert sentence in talk.said
    assert talk.said.count("\n") == 1


def test_without_a_terminal_the_way_out_is_named(run: Run) -> None:
    done = run("practise", "drift-monitoring", EDITOR="true")
    assert done.returncode == 2
    assert done.stderr.startswith("Practising needs a terminal")


@pytest.mark.slow
def test_an_unknown_question_is_one_sentence(tmp_path: Path) -> None:
    settings = environment(tmp_path, editor(tmp_path))
    with talking("practise", "no-such-question", folder=tmp_path, environment=settings) as talk:
        assert talk.ended() == 2
    assert talk.said.count("\n") == 1
