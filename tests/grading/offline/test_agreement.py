"""The gate: agreement with the labellers must not fall, on questions the weights never saw.

`left_out.json` holds the weights that `training/fit_rule.py` fitted without each question, and
the interval of the agreement that they reached.
"""

from pathlib import Path

import pytest

from interviewer.catalog.questions import read_bank
from interviewer.domain.base import DimensionId, Model
from interviewer.domain.ruling import Verdict
from interviewer.domain.scoring import grade_dimensions, level, total
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.grading.offline.left_out import read_left_out
from interviewer.resources import rubrics

DEV_SET = Path(__file__).parents[2] / "evaluation" / "dev_set"
LEFT_OUT = read_left_out(DEV_SET / "left_out.json")
Graded = list[tuple[str, float, list[int], list[int]]]


class Answer(Model):
    id: str
    question_id: str
    answer: str


class Labels(Model):
    levels: dict[DimensionId, int]
    overall: float
    wrong_claims: list[str]


class Label(Model):
    id: str
    question_id: str
    profile: str
    labeller_1: Labels
    labeller_2: Labels


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Return (profile, percent, levels said, levels labelled) of each answer."""
    bank = {str(q.id): q for q in read_bank((rubrics(),))}
    labels = {label.id: label for label in map(Label.model_validate_json, _lines("labels.jsonl"))}
    embedding, cache = Embedding(), tmp_path_factory.mktemp("vectors")
    rows: Graded = []
    for answer in map(Answer.model_validate_json, _lines("answers.jsonl")):
        question, label = bank[answer.question_id], labels[answer.id]
        grader = OfflineGrader(embedding, cache, LEFT_OUT.rule_without(answer.question_id))
        ruled = grader.judge(question, answer.answer)
        for ruling in ruled.rulings:
            assert (ruling.verdict is Verdict.MET) == bool(ruling.evidence)
            assert all(answer.answer[e.start : e.end] == e.quote for e in ruling.evidence)
        dimensions = grade_dimensions(
            question,
            {r.criterion_id: r for r in ruled.rulings},
            {m.misconception_id: m for m in ruled.misconceptions},
        )
        one, two = label.labeller_1.levels, label.labeller_2.levels
        score = total(dimensions)
        assert score is not None
        said = [level(d.points / d.max_points) for d in dimensions]
        true = [int((one[d.id] + two[d.id]) / 2 + 0.5) for d in dimensions]
        rows.append((label.profile, score.percent, said, true))
    return rows


def _lines(name: str) -> list[str]:
    return (DEV_SET / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
def test_agreement_stays_inside_its_recorded_interval(graded: Graded) -> None:
    low, _ = LEFT_OUT.semantic.qwk_interval
    pairs = [pair for _, _, said, true in graded for pair in zip(said, true, strict=True)]
    assert _kappa(pairs) >= low


@pytest.mark.slow
def test_answers_off_the_topic_earn_next_to_nothing(graded: Graded) -> None:
    assert all(percent <= 5 for profile, percent, *_ in graded if profile == "off_topic")


def _kappa(pairs: list[tuple[int, int]]) -> float:
    """Return the quadratically weighted kappa of the levels 0, 1 and 2."""
    observed = sum((said - true) ** 2 for said, true in pairs) / len(pairs)
    expected = sum((said - true) ** 2 for said, _ in pairs for _, true in pairs) / len(pairs) ** 2
    return 1 - observed / expected
