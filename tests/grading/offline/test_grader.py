import pytest

from interviewer.domain.question import Question
from interviewer.domain.ruling import Assertion, Verdict
from interviewer.grading.offline.grader import OfflineGrader
from tests.grading.drift import PROMPT, QUESTION, STRONG

GRADER = OfflineGrader()


def _met(answer: str, question: Question = QUESTION) -> set[str]:
    ruled = GRADER.judge(question, answer)
    return {r.criterion_id for r in ruled.rulings if r.verdict is Verdict.MET}


def _asserted(answer: str) -> list[str]:
    ruled = GRADER.judge(QUESTION, answer)
    return [m.misconception_id for m in ruled.misconceptions if m.verdict is Assertion.ASSERTED]


def test_a_strong_answer_meets_every_criterion() -> None:
    assert _met(STRONG) == {"threshold", "delayed", "two_steps"}


def test_the_reference_answer_meets_every_criterion() -> None:
    assert _met(QUESTION.reference_answer) == {"threshold", "delayed", "two_steps"}


@pytest.mark.parametrize("criterion", list(QUESTION.rubric.criteria()), ids=lambda c: c.id)
def test_adding_what_is_missing_flips_that_criterion(criterion: object) -> None:
    wanted = next(c for c in QUESTION.rubric.criteria() if c is criterion)
    weak = "I look at the dashboards every morning and talk to the team about what I see."
    assert wanted.id not in _met(weak)
    assert wanted.id in _met(f"{weak}\n{wanted.to_add}")


def test_evidence_is_verbatim() -> None:
    answer = f"- {STRONG}"
    for ruling in GRADER.judge(QUESTION, answer).rulings:
        assert all(answer[e.start : e.end] == e.quote for e in ruling.evidence)


def test_the_same_answer_gets_the_same_rulings_byte_for_byte() -> None:
    first = GRADER.judge(QUESTION, STRONG).model_dump_json()
    assert OfflineGrader().judge(QUESTION, STRONG).model_dump_json() == first


def test_saying_it_twice_earns_nothing_more() -> None:
    weak = "Compute PSI for every feature. Wait for labels."
    assert _met(f"{weak}\n{weak}\n{weak}") == _met(weak)
    assert _met(f"{STRONG}\n{STRONG}") == _met(STRONG)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(PROMPT, id="the question"),
        pytest.param(
            "\n".join(f"I would do this: {c.statement}" for c in QUESTION.rubric.criteria()),
            id="the rubric",
        ),
        pytest.param(
            "I do not need PSI above 0.2; it is overkill. I would not bother with a proxy for late "
            "labels. There is no need for a ticket or a rollback.",
            id="dismissals",
        ),
        pytest.param(
            "psi 0.2, ks 0.05, proxy, label, overturn, ticket, page, retrain, rollback, canary, "
            "drift, monitoring, score distribution",
            id="keyword list",
        ),
    ],
)
def test_words_without_a_statement_earn_nothing(answer: str) -> None:
    assert _met(answer) == set()


def test_a_misconception_counts_when_it_is_asserted_and_not_when_it_is_warned_of() -> None:
    wrong = "Whenever the inputs drift the accuracy falls, so I only look at accuracy."
    assert _asserted(f"{STRONG} {wrong}") == ["accuracy_first"]
    assert _asserted(f"{STRONG} It is a common mistake to think this: {wrong.lower()}") == []
    assert _asserted(f"{STRONG} Inputs may drift without any loss of accuracy.") == []


def test_nothing_found_is_worded_as_such() -> None:
    (first, *_) = GRADER.judge(QUESTION, "I would ask my colleagues about the matter.").rulings
    assert first.reason == "No evidence found (offline)."


def test_evidence_is_the_one_sentence_that_says_it_where_one_does() -> None:
    answer = f"Let me begin with the plan. {STRONG} That is all that I would do about it."
    spans = [e for r in GRADER.judge(QUESTION, answer).rulings for e in r.evidence]
    assert spans
    assert not any(e.quote.startswith("Let me begin") for e in spans)


@pytest.mark.anyio
async def test_an_appeal_looks_at_the_marked_sentences_and_no_others() -> None:
    wanted = next(c for c in QUESTION.rubric.criteria() if c.id == "threshold")
    weak = "I look at the dashboards every morning and talk to the team about what I see."
    answer = f"{weak}\n{wanted.to_add}"
    start = len(weak) + 1

    granted = await GRADER.appeal(QUESTION, answer, wanted.id, start, len(answer))
    refused = await GRADER.appeal(QUESTION, answer, wanted.id, 0, len(weak))

    assert [each.verdict for each in granted.rulings] == [Verdict.MET]
    assert all(each.start >= start for each in granted.rulings[0].evidence)
    assert [each.verdict for each in refused.rulings] == [Verdict.UNMET]
    assert refused.rulings[0].reason == "No evidence found in the words that you marked (offline)."


@pytest.mark.anyio
async def test_words_that_are_no_evidence_win_no_appeal() -> None:
    wanted = next(iter(QUESTION.rubric.criteria()))
    heard = await GRADER.appeal(
        QUESTION, f"{STRONG}\n\n   ", wanted.id, len(STRONG), len(STRONG) + 2
    )

    assert [each.verdict for each in heard.rulings] == [Verdict.UNMET]
