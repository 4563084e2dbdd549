"""What may be handed in as an answer."""

from collections.abc import Callable

from interviewer.errors import AnswerRejected

CHARACTERS_PER_TOKEN = 12
"""English prose has 4 to 5; a text with more characters than this per token allowed is refused
without being counted."""


def check_answer(answer: str, max_tokens: int, count: Callable[[str], int]) -> None:
    """Refuse what cannot be graded or stored.

    `count` returns tokens; it is asked only where the length leaves the matter open, for a token
    is at least one byte.

    Raises: AnswerRejected for an answer that is too long, or that is no text.
    """
    if "\x00" in answer or any("\ud800" <= char <= "\udfff" for char in answer):
        raise AnswerRejected("The answer holds bytes that are no text; hand in plain text.")
    size = len(answer.encode())
    if size <= max_tokens:
        return
    if len(answer) > CHARACTERS_PER_TOKEN * max_tokens or count(answer) > max_tokens:
        raise AnswerRejected(
            f"The answer of {len(answer):,} characters is longer than the {max_tokens:,} tokens "
            "that are graded; shorten it, or raise INTERVIEWER_MAX_ANSWER_TOKENS.",
            too_large=True,
        )
