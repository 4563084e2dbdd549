"""Whether the keys of the warm-ups can be guessed from where they stand or how long they are."""

from collections import Counter
from collections.abc import Sequence

from interviewer.domain.question import Question, WarmUp

LINE = "{title}: {counts}  (chi-square {chi:.1f}; above 7.8 would be remarkable)"
"""7.8 is the 95 % point of the chi-square distribution with three degrees of freedom."""


def warm_up_balance(questions: Sequence[Question]) -> str:
    """Return two lines: how often the key stands at each place, and has each rank of length."""
    warm_ups = [question.warm_up for question in questions if question.warm_up]
    places = Counter(warm_up.best for warm_up in warm_ups)
    ranks = Counter(_rank(warm_up) for warm_up in warm_ups)
    return "\n".join(
        (
            _line("Key at place 1, 2, 3, 4", places),
            _line("Key shortest, second, third, longest", ranks),
        )
    )


def _rank(warm_up: WarmUp) -> int:
    lengths = [len(option.split()) for option in warm_up.options]
    return sum(length < lengths[warm_up.best] for length in lengths)


def chi_square(counts: Sequence[int]) -> float:
    """Return Pearson's statistic against equal shares."""
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 for count in counts) / expected if expected else 0.0


def _line(title: str, counter: Counter[int]) -> str:
    counts = [counter[place] for place in range(4)]
    return LINE.format(title=title, counts=", ".join(map(str, counts)), chi=chi_square(counts))
