"""Tokens are counted offline, and special ones are just text."""

import pytest

from interviewer.grading.tokens import Tokens

TOKENS = Tokens()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # Counted with tiktoken's own o200k_base.
        pytest.param("", 0, id="nothing"),
        pytest.param("hello world", 2, id="words"),
        pytest.param("We'll roll back, won't we?", 7, id="contractions"),
        pytest.param("PSI > 0.25 for 14 days\n\n", 12, id="numbers and lines"),
        pytest.param("漂移检测", 3, id="another script"),
    ],
)
def test_the_shipped_table_counts_as_the_original(text: str, count: int) -> None:
    assert TOKENS.count(text) == count


def test_a_special_token_in_an_answer_is_just_text() -> None:
    assert TOKENS.count("<|endoftext|>") > 1
