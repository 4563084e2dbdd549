from interviewer.grading.echo import Echoes
from tests.grading.drift import PROMPT, QUESTION

ECHOES = Echoes(QUESTION)


def _copied(answer: str) -> list[tuple[str, bool]]:
    return [(answer[echo.start : echo.end], echo.of_rubric) for echo in ECHOES.find(answer)]


def test_a_run_of_eight_words_of_the_prompt_is_echo() -> None:
    answer = "Well: a fraud model serves 4,000 requests a second, so I log it."
    assert _copied(answer) == [("a fraud model serves 4,000 requests a second", False)]


def test_seven_words_are_not() -> None:
    assert _copied("A proxy that can be watched while we wait.") == []


def test_a_sentence_that_stands_whole_in_the_prompt_is_echo() -> None:
    assert _copied("Its labels arrive six weeks late. We sample.") == [
        ("Its labels arrive six weeks late", False)
    ]


def test_a_few_words_of_the_prompt_inside_a_sentence_are_not() -> None:
    assert _copied("Because its labels arrive six weeks late I watch a proxy.") == []


def test_a_heading_of_four_words_is_not() -> None:
    assert _copied("A fraud model serves:\nscores in 20 ms.") == []


def test_a_statement_is_echo_of_the_rubric_whatever_its_case_and_dashes() -> None:
    answer = "I would use A PROXY THAT CAN BE WATCHED WHILE TRUE LABELS are late"
    assert _copied(answer) == [("A PROXY THAT CAN BE WATCHED WHILE TRUE LABELS are late", True)]


def test_a_list_of_short_statements_is_echo_across_its_lines() -> None:
    answer = "\n".join(f"{n}. {c.statement}" for n, c in enumerate(QUESTION.rubric.criteria(), 1))
    assert sum(echo.words for echo in ECHOES.find(answer)) >= len(answer.split()) - 3


def test_what_a_good_answer_would_say_is_never_echo() -> None:
    for criterion in QUESTION.rubric.criteria():
        assert _copied(f"{criterion.to_add} {criterion.met_example}") == []
    assert _copied(QUESTION.reference_answer) == []


def test_the_whole_prompt_is_one_echo() -> None:
    assert _copied(f"> {PROMPT}") == [(PROMPT.rstrip("?"), False)]
