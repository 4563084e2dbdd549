import json
from pathlib import Path

from interviewer.domain.appeal import APPEAL_CRITERION, APPEAL_END, APPEAL_OF, APPEAL_START
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import GradingId
from interviewer.domain.grading import Grading
from interviewer.evaluation.datasets import read_rows
from interviewer.service.labels import AppealRow, as_labels
from tests.ui.gradings import ANSWER, attempt, grading
from training.appeals import rulings
from training.data import read_rows as read_rulings

WORDS = "The cache is free."


def appealed(*met: str, unknown: tuple[str, ...] = ()) -> Attempt:
    """Return an attempt whose criterion `index` was unmet and then appealed for."""
    first = grading("cache")
    start = ANSWER.index(WORDS)
    settings = {
        APPEAL_OF: str(first.id),
        APPEAL_CRITERION: "index",
        APPEAL_START: start,
        APPEAL_END: start + len(WORDS),
    }
    made = grading(*met, unknown=unknown)
    second = made.model_copy(
        update={
            "id": GradingId("g2"),
            "provenance": made.provenance.model_copy(update={"settings": settings}),
        }
    )
    return with_gradings(second, first)


def with_gradings(*gradings: Grading) -> Attempt:
    return attempt(gradings[0]).model_copy(update={"gradings": gradings})


def test_a_granted_appeal_is_a_row_that_evaluate_reads(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text(as_labels([appealed("cache", "index")]), encoding="utf-8")
    (row,) = read_rows(file)
    assert (row.question_id, row.answer, row.profile) == ("small-question", ANSWER, "appeal")
    assert [label.labeller for label in row.labels] == ["candidate", "offline offline"]
    assert row.verdicts == {"index": True}


def test_a_refused_appeal_has_no_verdict_until_somebody_decides(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text(as_labels([appealed("cache")]), encoding="utf-8")
    (row,) = read_rows(file)
    assert row.verdicts == {}
    assert [label.verdicts for label in row.labels] == [{"index": "met"}, {"index": "unmet"}]


def test_a_row_keeps_the_marked_words_and_both_rulings_for_training() -> None:
    (dispute,) = AppealRow.model_validate_json(as_labels([appealed("cache", "index")])).appeals
    assert dispute.window == WORDS
    assert dispute.statement == "Names the index of the system."
    assert (dispute.before, dispute.after) == ("unmet", "met")


def test_what_was_not_disputed_gives_no_row() -> None:
    assert as_labels([with_gradings(grading("cache"))]) == ""


def test_only_a_granted_appeal_becomes_a_ruling_to_learn_from(tmp_path: Path) -> None:
    written = [*rulings(as_labels([appealed("cache", "index"), appealed("cache")]))]
    text = "".join(f"{json.dumps(row)}\n" for row in written)
    (tmp_path / "part-appeals.jsonl").write_text(text, encoding="utf-8")
    (learnt,) = read_rulings(tmp_path)
    assert (learnt.criterion_id, learnt.window, learnt.met) == ("index", WORDS, True)
