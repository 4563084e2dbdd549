"""Tells when an answer is written in a language that the question files do not support."""

import unicodedata
from collections.abc import Iterable

from interviewer.grading.folding import fold, unmask
from interviewer.grading.words import word_set, words

FOREIGN_LETTERS = 0.3
"""Share of letters outside the Latin script from which an answer counts as foreign."""
LEAST_WORDS = 6

_ENGLISH = word_set(
    "the and of to in is that it for on with as are this we be by not or from which would"
)
_OTHERS: dict[str, frozenset[str]] = {
    "Spanish": word_set("el los las del que y en por para con una es se como pero más"),
    "French": word_set("le les des du et est une dans pour que qui avec sur pas nous plus"),
    "German": word_set("der das und ist nicht ein eine mit für auf den dem wir sich zu werden"),
    "Portuguese": word_set("os das que e em para com uma é não por mais se dos ao são"),
    "Italian": word_set("il gli che di e per con una è non sono della nel si come più"),
    "Dutch": word_set("het een van en dat niet met voor zijn de op te aan wij worden ook"),
    "Polish": word_set("i w na nie się z do że jest to przez dla oraz jak są po"),
    "Turkish": word_set("ve bir bu için ile de da çok olarak daha gibi olan ne kadar"),
}


def unsupported_language(answer: str) -> str | None:
    """Return the name of the language or script, or None when the answer can be graded."""
    letters, foreign = _letters(answer)
    if len(foreign) > FOREIGN_LETTERS * letters:
        return f"{_script(foreign)} script"
    spoken = [word.text for word in words(answer)]
    if len(spoken) < LEAST_WORDS:
        return None
    english = _share(spoken, _ENGLISH)
    language, share = max(((name, _share(spoken, s)) for name, s in _OTHERS.items()), key=_second)
    return language if share >= 0.15 and share > 2 * english else None


def _letters(answer: str) -> tuple[int, list[str]]:
    """Return how many letters there are, and those outside the Latin script."""
    if answer.isascii():
        return len(answer), []
    letters = [char for char in _undisguised(answer) if char.isalpha()]
    return len(letters), [char for char in letters if not _is_latin(char)]


def _undisguised(answer: str) -> str:
    """Return the answer with look-alike letters replaced in words that are otherwise Latin."""
    spoken = fold(answer).text.split()
    return " ".join(unmask(word) if any(map(str.isascii, word)) else word for word in spoken)


def _second(pair: tuple[str, float]) -> float:
    return pair[1]


def _share(spoken: list[str], of: frozenset[str]) -> float:
    return sum(word in of for word in spoken) / len(spoken)


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN")


def _script(foreign: Iterable[str]) -> str:
    names = [unicodedata.name(char, "UNKNOWN").split(" ", 1)[0].capitalize() for char in foreign]
    return max(sorted(set(names)), key=names.count)
