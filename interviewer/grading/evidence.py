"""Finds a quote in an answer, or says that it is not there.

Three tries: the exact words; the words after folding (see `folding`); and a bounded fuzzy match
for small slips, in which every number, every negation and nearly every word must still be there.
A strict substring test rejects more than half of honest quotes; a loose one accepts inventions.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from interviewer.domain.ruling import Evidence
from interviewer.grading.folding import Folded, fold

FUZZY_SCORE = 88.0
"""Least rapidfuzz partial ratio, 0–100, of a quote with slips; inventions stay below 80."""
FUZZY_WORDS = 4
"""Shortest quote, in words, that may have slips: short ones are found as they stand or not."""
LONGEST_JOIN = 400
"""Most characters that the parts of a quote with an ellipsis may span."""

_ELLIPSIS = re.compile(r"\s*(?:\.{3,}|…|\[\.\.\.\]|\(\.\.\.\))\s*")
_EDGES = " \"'.,;:!?…-"
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NEGATIONS = frozenset(
    {"no", "not", "never", "none", "nor", "neither", "without", "cannot", "hardly", "nothing"}
)


class Locator:
    """Looks for quotes in one answer; folding the answer is done once."""

    def __init__(self, answer: str) -> None:
        self._answer = answer
        self._folded: Folded = fold(answer)

    def find(self, quote: str, within: tuple[int, int] | None = None) -> Evidence | None:
        """Return where the quote stands, inside the span where one is given, or None."""
        start, end = within or (0, len(self._answer))
        exact = self._find_exact(quote.strip(), start, end)
        if exact:
            return exact
        low, high = self._to_folded(start, end)
        for wanted in _readings(quote):
            found = self._find_folded(wanted, low, high) or self._find_parts(wanted, low, high)
            if found is None:
                found = self._find_fuzzy(wanted, low, high)
            if found:
                return Evidence.cut(self._answer, *self._folded.span(*found))
        return None

    def _find_exact(self, quote: str, start: int, end: int) -> Evidence | None:
        if _is_too_little(quote):
            return None
        for at in _places(self._answer, quote, start, end):
            return Evidence.cut(self._answer, at, at + len(quote))
        return None

    def _to_folded(self, start: int, end: int) -> tuple[int, int]:
        low = bisect_left(self._folded.starts, start)
        return low, max(low, bisect_right(self._folded.ends, end))

    def _find_folded(self, wanted: str, low: int, high: int) -> tuple[int, int] | None:
        for at in _places(self._folded.text, wanted, low, high):
            return at, at + len(wanted)
        return None

    def _find_parts(self, wanted: str, low: int, high: int) -> tuple[int, int] | None:
        """Find the parts of a quote that leaves words out, in order and close together."""
        parts = [part.strip(_EDGES) for part in _ELLIPSIS.split(wanted)]
        parts = [part for part in parts if part]
        if len(parts) < 2 or any(len(_tokens(part)) < 2 for part in parts):
            return None
        spans: list[tuple[int, int]] = []
        for part in parts:
            found = self._find_folded(part, low, high)
            if found is None:
                return None
            spans.append(found)
            low = found[1]
        start, end = spans[0][0], spans[-1][1]
        return (start, end) if end - start <= LONGEST_JOIN else None

    def _find_fuzzy(self, wanted: str, low: int, high: int) -> tuple[int, int] | None:
        text = self._folded.text[low:high]
        if len(_tokens(wanted)) < FUZZY_WORDS or len(wanted) > 1.2 * len(text):
            return None
        best = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=FUZZY_SCORE)
        if best is None:
            return None
        start, end = _to_word_edges(text, best.dest_start, best.dest_end)
        return (low + start, low + end) if _says_the_same(wanted, text[start:end]) else None


def locate(answer: str, quote: str, within: tuple[int, int] | None = None) -> Evidence | None:
    """Return where the quote stands in the answer; for several quotes use one `Locator`."""
    return Locator(answer).find(quote, within)


def _readings(quote: str) -> tuple[str, ...]:
    """Return the folded quote, whole and without the quotation marks and stops around it."""
    whole = fold(quote).text.strip()
    bare = whole.strip(_EDGES)
    return tuple(text for text in dict.fromkeys((whole, bare)) if not _is_too_little(text))


def _is_too_little(quote: str) -> bool:
    return sum(char.isalnum() for char in quote) < 2


def _places(text: str, wanted: str, low: int, high: int) -> Iterator[int]:
    """Yield where the words stand as whole words."""
    at = text.find(wanted, low, high)
    while at >= 0:
        end = at + len(wanted)
        opens = at == 0 or not (text[at - 1].isalnum() and wanted[0].isalnum())
        closes = end == len(text) or not (_is_in_word(text[end]) and wanted[-1].isalnum())
        if opens and closes:
            yield at
        at = text.find(wanted, at + 1, high)


def _is_in_word(char: str) -> bool:
    return char.isalnum() or unicodedata.combining(char) != 0


def _to_word_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _says_the_same(quote: str, found: str) -> bool:
    """Tell whether what differs is a slip: numbers and negations stay, words are near copies."""
    wanted, there = _tokens(quote), _tokens(found)
    if _numbers(wanted) != _numbers(there) or _negations(wanted) != _negations(there):
        return False
    strangers = sum(not _has_like(word, there) for word in wanted)
    return strangers <= len(wanted) // 10


def _numbers(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if any(char.isdigit() for char in token)]


def _negations(tokens: Sequence[str]) -> int:
    return sum(token in _NEGATIONS or token.endswith("n't") for token in tokens)


def _has_like(word: str, others: Sequence[str]) -> bool:
    if word in others:
        return True
    return any(_is_slip(word, other) for other in others)


def _is_slip(word: str, other: str) -> bool:
    """Tell whether two words differ by an ending of two letters or by a typing error."""
    short, long = sorted((word, other), key=len)
    if len(short) >= 2 and long.startswith(short) and len(long) - len(short) <= 2:
        return True
    return len(short) > 3 and fuzz.ratio(word, other) >= 75
