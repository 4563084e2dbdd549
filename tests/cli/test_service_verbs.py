"""The verbs that need a database, as processes."""

import json
from pathlib import Path

import pytest

from tests.browser.servers import free_port
from tests.cli.conftest import Run


def test_a_worker_needs_a_database_that_can_be_shared(run: Run) -> None:
    done = run("worker")
    assert done.returncode == 2
    assert done.stderr.startswith("A SQLite file has one process")


def test_the_api_without_accounts_stays_on_this_machine(run: Run) -> None:
    done = run("serve", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "this machine alone" in done.stderr


@pytest.mark.slow
def test_a_history_can_be_taken_out_and_deleted_while_no_service_runs(run: Run) -> None:
    exported = run("export")
    assert exported.returncode == 0, exported.stderr
    assert json.loads(exported.stdout) == {"attempts": []}
    purged = run("purge", "--yes")
    assert purged.returncode == 0, purged.stderr
    assert purged.stderr.startswith("Deleted 0 attempts")


@pytest.mark.slow
def test_a_batch_with_a_bad_row_grades_the_others_and_says_so(run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "1", "question_id": "drift-monitoring", "answer": "I would compute PSI daily."},
        {"id": "2", "question_id": "nobody", "answer": "Something else."},
    ]
    (tmp_path / "in.jsonl").write_text(
        "".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8"
    )
    done = run("batch", "in.jsonl", "--out", "out.jsonl", "--grader", "offline")
    assert done.returncode == 3, done.stderr
    first, second = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["grading"]["status"] == "graded"
    assert json.loads(second)["error"]["kind"] == "not-found"


@pytest.mark.parametrize("verb", ["serve", "up"])
def test_a_data_folder_that_cannot_be_written_is_one_sentence(
    run: Run, tmp_path: Path, verb: str
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    done = run(verb, "--port", str(free_port()), INTERVIEWER_DATA_DIR=str(blocked / "data"))
    assert done.returncode == 2
    assert "set INTERVIEWER_DATA_DIR to one that you may write" in done.stderr
    assert "Traceback" not in done.stderr
