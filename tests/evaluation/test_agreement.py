import pytest

from interviewer.domain.base import CriterionId, DimensionId
from interviewer.evaluation.agreement import between_labellers, compare, measure
from interviewer.evaluation.baselines import length_only, majority
from interviewer.evaluation.datasets import Label, LabelledAnswer
from interviewer.evaluation.judged import Judged, Prediction

FEW = 20


def row(
    name: str,
    question: str,
    levels: tuple[int, int],
    *,
    words: int = 10,
    others: tuple[int, int] | None = None,
) -> LabelledAnswer:
    def label(labeller: str, given: tuple[int, int]) -> Label:
        return Label(
            labeller=labeller,
            levels={DimensionId("a"): given[0], DimensionId("b"): given[1]},
            verdicts={CriterionId("c"): "met" if given[0] else "unmet"},
            overall=2.5 * sum(given),
        )

    labels = (label("one", levels), label("two", others or levels))
    return LabelledAnswer(id=name, question_id=question, answer="word " * words, labels=labels)


ROWS = [
    row("1", "p", (2, 0), words=30),
    row("2", "p", (1, 1), words=5),
    row("3", "q", (0, 2), words=50),
    row("4", "q", (2, 2), words=8),
    row("5", "q", (0, 0), words=20),
]


def said(a: float, b: float, percent: float | None = None) -> Prediction:
    return Prediction(
        fractions={"a": a, "b": b},
        percent=50 * (a + b) if percent is None else percent,
        met={"c": a > 0},
    )


PERFECT = [said(1, 0), said(0.5, 0.5), said(0, 1), said(1, 1), said(0, 0)]


def test_a_grader_that_says_what_the_labels_say_agrees_fully() -> None:
    found = measure(Judged(ROWS, PERFECT), FEW)
    for name in ("level_qwk", "within_r", "overall_r", "verdict_kappa", "verdict_accuracy"):
        assert found[name].value == pytest.approx(1), name
    assert found["overall_mae"].value == pytest.approx(0)
    assert found["bias"].value == pytest.approx(0)


def test_knowing_the_answer_but_not_the_dimension_earns_nothing_within() -> None:
    halves = [(p.fractions["a"] + p.fractions["b"]) / 2 for p in PERFECT]
    found = measure(Judged(ROWS, [said(half, half) for half in halves]), FEW)
    assert found["overall_r"].value == pytest.approx(1)
    assert found["within_r"].value is None


def test_what_was_not_assessed_is_left_out_and_not_counted_as_wrong() -> None:
    unknown = Prediction(fractions={}, percent=None, met={})
    found = measure(Judged(ROWS, [unknown, *PERFECT[1:]]), FEW)
    assert found["level_qwk"].value == pytest.approx(1)
    assert found["overall_mae"].value == pytest.approx(0)


def test_a_paired_comparison_is_zero_against_oneself() -> None:
    judged = Judged(ROWS, PERFECT)
    gap = compare(judged, judged, FEW)["level_qwk"]
    assert (gap.value, gap.low, gap.high) == (0, 0, 0)


def test_two_labellers_are_measured_like_a_grader() -> None:
    split = [row("1", "p", (2, 0), others=(1, 0)), *ROWS[1:]]
    found = between_labellers(split, FEW)
    assert found is not None
    assert found["level_accuracy"].value == pytest.approx(0.9)
    assert between_labellers([r.model_copy(update={"labels": r.labels[:1]}) for r in ROWS]) is None


def test_the_baselines_see_no_label_of_the_question_that_they_judge() -> None:
    relabelled = [
        each if each.question_id == "p" else row(each.id, "q", (1, 1), words=len(each.answer) // 5)
        for each in ROWS
    ]
    for baseline in (majority, length_only):
        assert baseline(ROWS)[2:] == baseline(relabelled)[2:]
        assert baseline(ROWS)[:2] != baseline(relabelled)[:2]
