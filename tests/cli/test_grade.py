import json
import re
from pathlib import Path

import pytest

from interviewer.catalog.questions import read_question
from interviewer.domain.grading import Grading
from interviewer.domain.scoring import total
from interviewer.resources import rubrics
from tests.cli.conftest import Run

QUESTION = read_question(rubrics() / "monitoring-and-drift" / "drift-monitoring.yaml")
ANCHORS = {anchor.name: anchor.answer for anchor in QUESTION.anchors}


def graded(run: Run, answer: str, *arguments: str) -> Grading:
    done = run("grade", "drift-monitoring", "-", "--format", "json", *arguments, stdin=answer)
    assert done.returncode == 0, done.stderr
    return Grading.model_validate_json(done.stdout)


def percent(grading: Grading) -> float:
    assert grading.score is not None
    return grading.score.percent


def test_a_strong_answer_beats_a_weak_one_and_a_weak_one_a_list_of_keywords(run: Run) -> None:
    strong = graded(run, QUESTION.reference_answer)
    weak = graded(run, "I would watch the inputs with a PSI test and alert above 0.2.")
    listed = graded(run, ANCHORS["keyword list"])
    assert percent(strong) > percent(weak) > percent(listed)


def test_the_printed_numbers_can_be_recomputed_and_the_quotes_are_verbatim(run: Run) -> None:
    answer = QUESTION.reference_answer
    grading = graded(run, answer)
    assert grading.score == total(grading.dimensions)
    quotes = [e for d in grading.dimensions for c in d.criteria for e in c.evidence]
    assert quotes
    assert all(answer[each.start : each.end] == each.quote for each in quotes)


def test_the_same_answer_gets_the_same_grading(run: Run) -> None:
    first, second = graded(run, QUESTION.reference_answer), graded(run, QUESTION.reference_answer)
    same = {"created_at": first.created_at, "seconds": first.seconds}
    assert second.model_copy(update=same) == first


def test_the_report_is_printed_as_text_and_as_markdown(run: Run) -> None:
    text = run("grade", "drift-monitoring", stdin=QUESTION.reference_answer)
    assert text.returncode == 0
    assert "of 100" in text.stdout
    assert "offline" in text.stdout
    markdown = run(
        "grade", "drift-monitoring", "--format", "markdown", stdin=QUESTION.reference_answer
    )
    assert markdown.stdout.startswith(f"# {QUESTION.title}\n")


def test_a_question_file_of_ones_own_is_graded(run: Run, tmp_path: Path) -> None:
    assert run("new-question", "my-cache").returncode == 0
    answer = tmp_path / "answer.md"
    answer.write_text("I would count identical requests in the logs first.", encoding="utf-8")
    done = run(
        "grade", "--question", "my-questions/model-serving/my-cache.yaml", str(answer),
        "--format", "json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["question_id"] == "my-cache"


@pytest.mark.parametrize(
    ("arguments", "stdin", "sentence"),
    [
        pytest.param(("nonesuch",), "words", "There is no question 'nonesuch'", id="question"),
        pytest.param(("drift-monitoring",), "", "is empty", id="empty"),
        pytest.param(("drift-monitoring",), " \n\t", "is empty", id="blank"),
        pytest.param(("drift-monitoring",), b"\xff\xfe\x00\x01", "not UTF-8 text", id="binary"),
        pytest.param(("drift-monitoring",), "a\x00b", "no text", id="nul"),
        pytest.param(("drift-monitoring",), "word " * 200_000, "longer than", id="a megabyte"),
        pytest.param(("drift-monitoring", "gone.md"), "", "cannot be read", id="no file"),
        pytest.param((), "words", "Name a question", id="no question"),
        pytest.param(
            ("drift-monitoring", "--grader", "llm"),
            "some words",
            "no model to grade",
            id="no model",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_code_2(
    run: Run, arguments: tuple[str, ...], stdin: str | bytes, sentence: str
) -> None:
    done = run("grade", *arguments, stdin=stdin)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_broken_pack_is_told_with_all_its_faults_at_their_lines(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "mine.yaml").write_text("id: mine\ntitle: 3\nkind: odd\n", encoding="utf-8")
    done = run("grade", "mine", stdin="words", INTERVIEWER_PACKS=str(pack))
    assert done.returncode == 2
    assert "mine.yaml:3: kind:" in done.stderr
    assert "prompt" in done.stderr


def test_a_model_that_cannot_be_reached_is_no_score(run: Run) -> None:
    done = run(
        "grade", "drift-monitoring", "--format", "json",
        stdin=QUESTION.reference_answer,
        OPENAI_BASE_URL="http://127.0.0.1:9/v1",
        INTERVIEWER_MODEL="any",
        INTERVIEWER_DEADLINE_SECONDS="2",
    )  # fmt: skip
    assert done.returncode == 3
    grading = Grading.model_validate_json(done.stdout)
    assert (grading.status, grading.score) == ("ungraded", None)
    assert grading.reason
    assert "Sending the question and the answer to any at http://127.0.0.1:9/v1" in done.stderr
    assert "tokens at an unknown price (INTERVIEWER_PRICES can add it)" in done.stderr


def test_the_expected_cost_is_told_before_anything_is_sent(run: Run) -> None:
    done = run(
        "grade", "drift-monitoring",
        stdin=QUESTION.reference_answer,
        OPENAI_BASE_URL="http://127.0.0.1:9/v1",
        INTERVIEWER_MODEL="any",
        INTERVIEWER_DEADLINE_SECONDS="2",
        INTERVIEWER_PRICES='{"any": {"input": 1.0, "output": 2.0}}',
    )  # fmt: skip
    assert re.search(r"to any at \S+, about [\d,]+ tokens, \$0\.0\d+\.", done.stderr)
