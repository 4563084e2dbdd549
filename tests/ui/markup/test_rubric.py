from interviewer.wire import Solution
from tests.domain.questions import SMALL
from ui.markup.rubric import rubric


def solution(statement: str | None = None) -> Solution:
    found = SMALL.rubric
    if statement is not None:
        first = found.dimensions[0]
        criterion = first.criteria[0].model_copy(update={"statement": statement})
        changed = first.model_copy(update={"criteria": (criterion,)})
        found = found.model_copy(update={"dimensions": (changed,)})
    return Solution(
        digest=SMALL.digest,
        rubric=found,
        misconceptions=SMALL.misconceptions,
        reference_answer=SMALL.reference_answer,
        clarifications=(),
        anchors=(),
    )


def test_every_criterion_is_shown_with_its_worth_and_its_examples() -> None:
    shown = rubric(solution())
    for criterion in SMALL.rubric.criteria():
        assert criterion.statement in shown
        assert criterion.met_example in shown
        assert criterion.near_miss in shown
    assert "(2 points)" in shown
    assert "Storage · 75" in shown
    assert SMALL.misconceptions[0].correction in shown


def test_a_rubric_of_ones_own_stays_text() -> None:
    assert "<script>" not in rubric(solution("Names <script>alert(1)</script> as a risk."))
