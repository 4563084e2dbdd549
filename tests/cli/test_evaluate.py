import json
from pathlib import Path

from tests.cli.conftest import Run

DEV_SET = Path(__file__).parents[1] / "evaluation" / "dev_set"


def two_rows(folder: Path) -> tuple[str, ...]:
    """Write two development answers with their labels, and return the arguments."""
    for name in ("answers.jsonl", "labels.jsonl"):
        rows = (DEV_SET / name).read_text(encoding="utf-8").splitlines()
        (folder / name).write_text("\n".join(rows[:2]) + "\n", encoding="utf-8")
    return ("evaluate", "answers.jsonl", "--labels", "labels.jsonl", "--resamples", "10")


def test_a_question_can_be_left_out_and_the_run_goes_on_where_it_stopped(
    run: Run, tmp_path: Path
) -> None:
    left_out = ("--left-out", str(DEV_SET / "left_out.json"), "--format", "json")
    command = (*two_rows(tmp_path), *left_out, "--save", "kept.jsonl", "--emptied")
    first = run(*command, "--repeats", "2")
    assert first.returncode == 0, first.stderr
    found = json.loads(first.stdout)
    assert found["answers"] == 2
    assert "criteria emptied" in found["controls"]
    assert found["trust"]["flipped"]["value"] == 0
    kept = (tmp_path / "kept.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(kept) == 6
    again = run(*command, "--repeats", "2", "--against", "kept.jsonl")
    assert (tmp_path / "kept.jsonl").read_text(encoding="utf-8").splitlines() == kept
    assert json.loads(again.stdout)["against"]["level_qwk"]["value"] in {0, None}


def test_labels_of_unknown_dimensions_and_wrong_options_are_one_sentence(
    run: Run, tmp_path: Path
) -> None:
    row = {
        "id": "x",
        "question_id": "drift-monitoring",
        "answer": "w",
        "labels": [{"levels": {"no_such": 1}}],
    }
    (tmp_path / "odd.jsonl").write_text(json.dumps(row), encoding="utf-8")
    odd = run("evaluate", "odd.jsonl", "--grader", "offline")
    assert (odd.returncode, odd.stderr.count("\n")) == (2, 1)
    assert "the dimension 'no_such', which 'drift-monitoring' does not have" in odd.stderr
    both = run(*two_rows(tmp_path), "--left-out", "x.json", "--grader", "llm")
    assert both.returncode == 2
    missing = run(*two_rows(tmp_path), "--left-out", "x.json")
    assert "'x.json' cannot be read" in missing.stderr
