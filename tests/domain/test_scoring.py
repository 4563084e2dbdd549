from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.base import CriterionId, MisconceptionId
from interviewer.domain.grading import Status
from interviewer.domain.question import Question
from interviewer.domain.ruling import (
    Assertion,
    Evidence,
    MisconceptionRuling,
    Ruling,
    Verdict,
)
from interviewer.domain.scoring import (
    grade_dimension,
    grade_dimensions,
    level,
    not_assessed_share,
    status_of,
    total,
)
from tests.domain.questions import SMALL, criterion, dimension, misconception, question

WORD = Evidence(quote="word", start=0, end=4)


def rulings(verdicts: Mapping[str, Verdict]) -> dict[CriterionId, Ruling]:
    return {
        CriterionId(key): Ruling(
            criterion_id=CriterionId(key),
            verdict=verdict,
            evidence=(WORD,) if verdict is Verdict.MET else (),
            reason="",
        )
        for key, verdict in verdicts.items()
    }


def assertions(verdicts: Mapping[str, Assertion]) -> dict[MisconceptionId, MisconceptionRuling]:
    return {
        MisconceptionId(key): MisconceptionRuling(
            misconception_id=MisconceptionId(key),
            verdict=verdict,
            evidence=(WORD,) if verdict is Assertion.ASSERTED else (),
        )
        for key, verdict in verdicts.items()
    }


def small(cache: str, index: str, backup: str, replica: str) -> dict[CriterionId, Ruling]:
    names = {"cache": cache, "index": index, "backup": backup, "replica": replica}
    return rulings({key: Verdict(verdict) for key, verdict in names.items()})


def test_the_total_is_the_weighted_mean_of_the_dimensions() -> None:
    dimensions = grade_dimensions(SMALL, small("met", "unmet", "met", "unmet"), {})
    score = total(dimensions)
    assert score is not None
    assert score.max_points == 4
    assert score.points == pytest.approx(3 * 2 / 3 + 1 * 1 / 2)
    assert score.percent == pytest.approx(62.5)


def test_a_criterion_that_was_not_assessed_leaves_both_sums() -> None:
    storage, _ = grade_dimensions(SMALL, small("met", "not_assessed", "met", "met"), {})
    assert (storage.points, storage.max_points, storage.percent) == (2, 2, 100)


def test_a_dimension_without_assessed_criteria_leaves_the_total() -> None:
    found = small("met", "unmet", "not_assessed", "not_assessed")
    storage, safety = grade_dimensions(SMALL, found, {})
    assert safety.percent is None
    score = total((storage, safety))
    assert score is not None
    assert score.max_points == 3


def test_a_misconception_costs_its_points_but_never_more_than_there_are() -> None:
    wrong = assertions({"snapshot": Assertion.ASSERTED})
    _, safety = grade_dimensions(SMALL, small("met", "met", "met", "met"), wrong)
    assert safety.points == 1
    _, safety = grade_dimensions(SMALL, small("met", "met", "unmet", "unmet"), wrong)
    assert safety.points == 0


def test_gain_counts_what_a_misconception_would_eat() -> None:
    wrong = assertions({"snapshot": Assertion.ASSERTED})
    _, safety = grade_dimensions(SMALL, small("met", "met", "unmet", "unmet"), wrong)
    assert [each.gain for each in safety.criteria] == [0, 0]


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        pytest.param(("met", "met", "not_assessed", "met"), Status.GRADED, id="an eighth"),
        pytest.param(("met", "not_assessed", "met", "met"), Status.PARTIAL, id="a quarter"),
        pytest.param(("not_assessed",) * 4, Status.UNGRADED, id="all"),
    ],
)
def test_more_than_a_fifth_not_assessed_leaves_no_score(
    verdicts: tuple[str, str, str, str], status: Status
) -> None:
    assert status_of(SMALL, small(*verdicts), {}) is status


def test_an_unchecked_misconception_counts_as_not_assessed() -> None:
    unknown = assertions({"snapshot": Assertion.NOT_ASSESSED})
    found = small("met", "met", "met", "met")
    assert not_assessed_share(SMALL, found, unknown) == pytest.approx(1 / 4 / 2)


def test_a_partial_grading_promises_no_gain() -> None:
    found = small("unmet", "not_assessed", "met", "met")
    storage, _ = grade_dimensions(SMALL, found, {})
    assert [each.gain for each in storage.criteria] == [None, None]


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [(0, 0), (0.2499, 0), (0.25, 1), (0.6999, 1), (0.70, 2), (1, 2)],
)
def test_levels_begin_at_a_quarter_and_at_seven_tenths(fraction: float, expected: int) -> None:
    assert level(fraction) == expected


numbers = st.floats(min_value=0.5, max_value=10)


@st.composite
def graded_questions(
    draw: st.DrawFn,
) -> tuple[Question, dict[CriterionId, Ruling], dict[MisconceptionId, MisconceptionRuling]]:
    dimensions = [
        dimension(
            f"d{d}",
            draw(numbers),
            *(criterion(f"d{d}c{c}", draw(numbers)) for c in range(draw(st.integers(1, 4)))),
        )
        for d in range(draw(st.integers(1, 5)))
    ]
    wrong = [misconception(f"m{d}", f"d{d}", draw(numbers)) for d in range(len(dimensions))]
    made = question(*dimensions, misconceptions=tuple(wrong))
    verdicts = {c.id: draw(st.sampled_from(Verdict)) for c in made.rubric.criteria()}
    asserted = {m.id: draw(st.sampled_from(Assertion)) for m in wrong}
    return (
        made,
        rulings({str(key): verdict for key, verdict in verdicts.items()}),
        assertions({str(key): verdict for key, verdict in asserted.items()}),
    )


@given(graded_questions())
def test_every_number_stays_within_its_bounds(
    graded: tuple[Question, dict[CriterionId, Ruling], dict[MisconceptionId, MisconceptionRuling]],
) -> None:
    made, found, wrong = graded
    dimensions = grade_dimensions(made, found, wrong)
    score = total(dimensions)
    for each in dimensions:
        assert 0 <= each.points <= each.max_points + 1e-9
    if score is None:
        assert status_of(made, found, wrong) is Status.UNGRADED
    else:
        assert 0 <= score.percent <= 100 + 1e-9


@given(graded_questions())
def test_meeting_one_more_criterion_raises_the_total_by_its_gain(
    graded: tuple[Question, dict[CriterionId, Ruling], dict[MisconceptionId, MisconceptionRuling]],
) -> None:
    made, found, wrong = graded
    dimensions = grade_dimensions(made, found, wrong)
    before = total(dimensions)
    for each in (c for d in dimensions for c in d.criteria):
        if each.gain is None:
            continue
        assert before is not None
        better = found | rulings({each.id: Verdict.MET})
        after = total(grade_dimensions(made, better, wrong))
        assert after is not None
        assert after.percent - before.percent == pytest.approx(each.gain, abs=1e-9)


@given(graded_questions())
def test_a_streamed_dimension_has_the_final_points(
    graded: tuple[Question, dict[CriterionId, Ruling], dict[MisconceptionId, MisconceptionRuling]],
) -> None:
    made, found, wrong = graded
    for last in grade_dimensions(made, found, wrong):
        rubric = next(d for d in made.dimensions if d.id == last.id)
        streamed = grade_dimension(made, rubric, found, wrong)
        assert (streamed.points, streamed.percent, streamed.summary) == (
            last.points,
            last.percent,
            last.summary,
        )
