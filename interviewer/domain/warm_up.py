"""A warm-up: recognise the best-structured of four short answers."""

import hashlib
from collections.abc import Sequence

from interviewer.domain.base import Model, QuestionId

Order = tuple[int, int, int, int]


class Choice(Model):
    """What a candidate chose in one run."""

    question_id: QuestionId
    chosen: int
    """Position in the file's order, counted from 0."""
    best: bool


def shown_order(question_id: QuestionId, seed: str) -> Order:
    """Return which of the file's options stands at each place, the same for the same seed.

    By hash and not by a random generator, so that every process and version shows the same.
    """
    places = sorted(range(4), key=lambda n: _rank(f"{seed}:{question_id}:{n}"))
    return (places[0], places[1], places[2], places[3])


def run_order(question_ids: Sequence[QuestionId], seed: str) -> tuple[QuestionId, ...]:
    """Return the questions in the order in which a run of this seed asks them."""
    return tuple(sorted(question_ids, key=lambda each: _rank(f"{seed}:{each}")))


def streak(choices: Sequence[bool]) -> tuple[int, int]:
    """Return how many of the latest choices in a row were best, and the longest such row.

    `choices` are oldest first.
    """
    row = longest = 0
    for best in choices:
        row = row + 1 if best else 0
        longest = max(longest, row)
    return row, longest


def _rank(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
