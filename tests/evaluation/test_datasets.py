import json
from pathlib import Path

import pytest

from interviewer.errors import FaultyFiles
from interviewer.evaluation.datasets import read_rows, repeated


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_labels_kept_apart_are_joined_by_id(tmp_path: Path) -> None:
    data = write(
        tmp_path / "a.jsonl", {"id": "x", "question_id": "q", "answer": "words", "more": 1}
    )
    labels = write(
        tmp_path / "l.jsonl",
        {
            "id": "x",
            "profile": "terse",
            "labeller_1": {"levels": {"d": 1}, "overall": 4, "wrong_claims": []},
            "labeller_2": {"levels": {"d": 2}, "overall": 6, "wrong_claims": ["it is free"]},
        },
    )
    (row,) = read_rows(data, labels)
    assert row.level_means == {"d": 1.5}
    assert row.overall == 5
    assert row.profile == "terse"
    assert [label.labeller for label in row.labels] == ["labeller_1", "labeller_2"]


def test_a_criterion_on_which_labellers_are_split_has_no_verdict(tmp_path: Path) -> None:
    labels = [
        {"labeller": "a", "verdicts": {"c": "met", "e": "unmet"}},
        {"labeller": "b", "verdicts": {"c": "unmet", "e": "unmet"}},
    ]
    data = write(
        tmp_path / "a.jsonl", {"id": "x", "question_id": "q", "answer": "w", "labels": labels}
    )
    assert read_rows(data)[0].verdicts == {"e": False}


def test_every_faulty_line_is_named(tmp_path: Path) -> None:
    wrong = {"labeller": "a", "levels": {"d": 3}}
    data = write(
        tmp_path / "a.jsonl",
        "not json",
        {"id": "x", "question_id": "q"},
        {"id": "y", "question_id": "q", "answer": "w", "labels": [wrong]},
    )
    with pytest.raises(FaultyFiles) as caught:
        read_rows(data)
    assert [fault.line for fault in caught.value.faults] == [1, 2, 3]


def test_an_id_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    line = {"id": "x", "question_id": "q", "answer": "w"}
    with pytest.raises(FaultyFiles, match="'x' stands twice"):
        read_rows(write(tmp_path / "a.jsonl", line, line))


def test_a_repeated_answer_carries_no_labels_and_knows_the_first(tmp_path: Path) -> None:
    labels = [{"labeller": "a", "overall": 3}]
    data = write(
        tmp_path / "a.jsonl", {"id": "x", "question_id": "q", "answer": "w", "labels": labels}
    )
    first, second, third = repeated(read_rows(data), 3)
    assert first.labels
    assert (second.id, second.repeat_of, second.labels) == ("x#2", "x", ())
    assert third.repeat_of == "x"
