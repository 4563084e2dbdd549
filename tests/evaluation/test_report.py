import json
import re

import pytest

from interviewer.domain.base import CriterionId, DimensionId
from interviewer.domain.grading import Grading
from interviewer.evaluation.datasets import Label, LabelledAnswer, repeated
from interviewer.evaluation.page import html
from interviewer.evaluation.report import markdown
from interviewer.evaluation.summary import Evaluation, evaluate
from tests.ui.gradings import ANSWER, grading

FEW = 10


def labelled(name: str, profile: str, *met: str, wrong: tuple[str, ...] = ()) -> LabelledAnswer:
    """Return an answer that two labellers agree on; ids are those of the small question."""
    verdicts = {
        CriterionId(each): "met" if each in met else "unmet"
        for each in ("cache", "index", "backup", "replica")
    }
    levels = {
        DimensionId("storage"): 2 * ("cache" in met),
        DimensionId("safety"): 2 * ("backup" in met),
    }
    label = Label.model_validate(
        {"levels": levels, "verdicts": verdicts, "overall": 2.5 * len(met), "wrong_claims": wrong}
    )
    labels = tuple(label.model_copy(update={"labeller": who}) for who in ("one", "two"))
    return LabelledAnswer(
        id=name, question_id="small-question", answer=ANSWER, profile=profile, labels=labels
    )


ROWS = [
    labelled("a", "strong", "cache", "index", "backup", "replica"),
    labelled("b", "strong", "cache", "backup"),
    labelled("c", "wrong <b>", wrong=("The cache is free.",)),
]
GRADINGS = [
    grading("cache", "index", "backup", "replica"),
    grading("cache"),
    grading("cache", wrong=("snapshot",)),
]


def evaluated(**more: list[Grading]) -> Evaluation:
    return evaluate("rows.jsonl", ROWS, GRADINGS, resamples=FEW, **more)


def table(report: str, title: str) -> list[str]:
    """Return the rows of one table, without its head."""
    part = report.split(f"## {title}", 1)[1].split("\n## ", 1)[0]
    return [line for line in part.splitlines() if line.startswith("| ")][1:]


def test_every_profile_is_shown_with_its_number_and_its_confusion() -> None:
    report = markdown(evaluated())
    rows = table(report, "By profile (of 100)")
    assert [row.split(" | ")[:2] for row in rows] == [["| strong", "2"], ["| wrong <b>", "1"]]
    # Four verdicts of each answer; unmet→unmet, unmet→met, met→unmet, met→met.
    assert table(report, "Verdicts by profile") == [
        "| strong | 2 | 0 | 1 | 5 |",
        "| wrong <b> | 3 | 1 | 0 | 0 |",
    ]
    assert "| small-question/cache | 3 | 0.67 | 1.00 | 0.67 | 0 | 1 | 0 | 2 |" in report


def test_baselines_and_controls_stand_beside_the_grader() -> None:
    report = markdown(evaluated(emptied=[grading() for _ in ROWS]))
    head = report.split("## Agreement", 1)[1].splitlines()[2]
    assert "length only | majority | labellers among themselves" in head
    controls = report.split("## Controls", 1)[1].splitlines()[2]
    for name in ("answer's mean in every dimension", "dimensions permuted", "criteria emptied"):
        assert name in controls


def test_shares_say_of_how_many_they_are() -> None:
    found = evaluated().trust
    assert (found.wrong_claims_caught.value, found.wrong_claims_caught.of) == (1, 1)
    assert (found.false_alarms.value, found.false_alarms.of) == (0, 2)
    assert (found.evidence_valid.value, found.flipped.value, found.flipped.of) == (1, None, 0)


def test_repeats_count_for_flips_and_cost_only() -> None:
    again = [grading("cache", "index", "backup"), *GRADINGS[1:]]
    twice = evaluate("rows", repeated(ROWS, 2), [*GRADINGS, *again], resamples=FEW)
    assert twice.answers == 3
    assert twice.figures == evaluated().figures
    assert twice.trust.flipped.of == 12
    assert twice.trust.flipped.value == pytest.approx(1 / 12)


def test_a_comparison_with_oneself_is_nought() -> None:
    found = evaluated(against=GRADINGS).against
    assert found is not None
    assert (found["verdict_accuracy"].value, found["verdict_accuracy"].high) == (0, 0)


def test_the_page_needs_nothing_else_and_shows_names_as_text() -> None:
    page = html(evaluated())
    assert page.count("<svg") == 3
    assert "wrong &lt;b&gt;" in page
    assert not re.search(r"<script|(?:src|href)=|@import|url\(", page)
    assert "$" not in re.sub(r"US dollars", "", page)


def test_the_json_has_every_figure_with_its_interval() -> None:
    read = json.loads(evaluated().model_dump_json())
    assert set(read["figures"]["level_qwk"]) == {"value", "low", "high"}
    assert set(read["controls"]) == {"answer's mean in every dimension", "dimensions permuted"}
