"""Folds text so that honest copies of it compare equal, and remembers where each letter stood.

Folding is NFKC, case folding, plain quotes and dashes, single spaces, and no characters that
nobody sees. It works on whole combining sequences, so that a span of folded text always maps
back to a span of the original that cuts no letter in two.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = dict.fromkeys(map(ord, "‘’‚‛`´′ʼ"), "'")  # noqa: RUF001 the look-alikes are the point
_DOUBLE = dict.fromkeys(map(ord, "“”„‟«»″"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣"), "-")  # noqa: RUF001 as above
_PLAIN = _QUOTES | _DOUBLE | _DASHES

_LOOKALIKES = (
    "аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw кk мm тt вb нh "  # noqa: RUF001 as above
    "αa οo εe ιi κk νv ρp τt υu χx γy ηh"  # noqa: RUF001 as above
)
_TO_LATIN = str.maketrans({pair[0]: pair[1] for pair in _LOOKALIKES.split()})
"""Cyrillic and Greek letters that pass for Latin ones (after Unicode's confusables table)."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; its character `i` was made of `original[starts[i]:ends[i]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original of a span that is not empty."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=8_192)
def fold(original: str) -> Folded:
    """Return the text folded for comparison."""
    if original.isascii() and original.isprintable() and "  " not in original:
        places = range(len(original) + 1)
        return Folded(original.lower(), tuple(places[:-1]), tuple(places[1:]))
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(original):
        for char in _fold_cluster(original[start:end]):
            if char == " " and text and text[-1] == " ":
                ends[-1] = end
                continue
            text.append(char)
            starts.append(start)
            ends.append(end)
    return Folded("".join(text), tuple(starts), tuple(ends))


def unmask(folded: str) -> str:
    """Return the text with letters that only look Latin replaced, one for one."""
    return folded.translate(_TO_LATIN)


def _clusters(original: str) -> Iterator[tuple[int, int]]:
    start = 0
    for position in range(1, len(original) + 1):
        if position < len(original) and unicodedata.combining(original[position]):
            continue
        yield start, position
        start = position


def _fold_cluster(cluster: str) -> str:
    if cluster.isascii():
        return " " if cluster.isspace() else cluster.casefold() if cluster.isprintable() else ""
    folded = unicodedata.normalize("NFKC", cluster.translate(_PLAIN)).casefold().translate(_PLAIN)
    return "".join(
        " " if char.isspace() else char
        for char in folded
        if char.isspace() or unicodedata.category(char) not in {"Cf", "Cc", "Co", "Cs", "Cn"}
    )
