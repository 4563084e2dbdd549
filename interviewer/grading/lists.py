"""Finds keyword lists: many terms, hardly a sentence.

A list has commas where a statement has verbs. Terse notes have few verbs as well, so what ties
terms together is counted too: a figure ("rerank 150"), a sign ("blocked -> skip training"), or
simply the length of the pieces between commas.
"""

import re
from collections.abc import Iterator, Sequence

from interviewer.grading.segments import Segment
from interviewer.grading.words import FUNCTION_WORDS, words

LEAST_WORDS = 12
MOST_FUNCTION_WORDS = 0.10
LEAST_SEPARATORS = 0.20
"""Separators per word; with the two above, the definition in the grading rules."""
"""A word after itself counts like a separator: `drift drift drift` is a list too."""
DENSE_SEPARATORS = 0.40
DENSE_FUNCTION_WORDS = 0.25
"""Set phrases ("state of the art, end-to-end") carry function words into a list: where separators
stand every two or three words, more of them do not make it a statement."""
LONGEST_TERM = 2.6
"""Words a piece, on average; the bank's keyword lists have 1.3 to 2.3, its terse notes over 3."""
TYING_PIECES = 0.25
"""Share of pieces that tie a term to a figure or to another term; lists of terms have less."""
FEW_PIECES = 6
"""Up to here an enumeration says what belongs together; lists of terms go on."""
LIST_LINES = 8
"""So many lines in a row of at most three bare words, or of terms only, are a list as well."""

_SEPARATOR = re.compile(r"[,;|/•·\n#]|\s[-–—]\s")
_PIECE = re.compile(r"[,;|•·\n]|(?:^|\s)#(?=[^\W\d])|\s[-–—/]\s")
_SAYS_SOMETHING = re.compile(r"\d|[=<>:→%]|->")
_TIES = re.compile(r"[=<>→≥≤~]|->|\w\s\+\s\w|\([^)]*\s[^)]*\)")
_FIGURE = re.compile(r"(?<![\w.])[~<>]?\d[\d.,]*")
_TERM = re.compile(r"[^\W\d_]{3,}")
_HEAD = re.compile(r"[^,;:|]*[^\W\d_]{3,}[^,;:|]*:\s")


def keyword_lists(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments that only list terms, in order."""
    found = {segment.number for segment in segments if _is_list(segment.text)}
    found |= set(_columns(segments))
    found |= set(_tails(segments, found))
    return tuple(segment for segment in segments if segment.number in found)


def _is_list(text: str) -> bool:
    spoken = [word.text for word in words(text)]
    if len(spoken) < LEAST_WORDS:
        return False
    repeats = sum(map(str.__eq__, spoken, spoken[1:])) / len(spoken)
    function = sum(word in FUNCTION_WORDS for word in spoken) / len(spoken)
    if repeats > LEAST_SEPARATORS and function < MOST_FUNCTION_WORDS:
        return True
    if len(_pieces(text)) <= FEW_PIECES:
        return False
    return _has_the_shape(text, function, len(spoken)) and not _states(text)


def _pieces(text: str) -> list[str]:
    """Return what stands between commas, without a head such as "contract per table:"."""
    head = _HEAD.match(text)
    return [piece for piece in _PIECE.split(text[head.end() :] if head else text) if words(piece)]


def _has_the_shape(text: str, function: float, count: int) -> bool:
    separators = len(_SEPARATOR.findall(text)) / count
    sparse = function < MOST_FUNCTION_WORDS and separators > LEAST_SEPARATORS
    return sparse or (function < DENSE_FUNCTION_WORDS and separators >= DENSE_SEPARATORS)


def _states(text: str) -> bool:
    """Tell whether terse words tie terms together instead of listing them."""
    pieces = _pieces(text)
    if not pieces:
        return True
    tying = sum(_ties(piece) for piece in pieces) / len(pieces)
    longest = sum(len(words(piece)) for piece in pieces) / len(pieces)
    return tying >= TYING_PIECES or longest > LONGEST_TERM


def _ties(piece: str) -> bool:
    figure = _FIGURE.search(piece) is not None and _TERM.search(piece) is not None
    return figure or _TIES.search(piece) is not None


def _tails(segments: Sequence[Segment], found: set[int]) -> Iterator[int]:
    """Yield short segments of bare terms that touch a list: its rest after a stop or a break."""
    for order in (segments, segments[::-1]):
        touching = False
        for segment in order:
            touching = segment.number in found or (touching and _is_bare(segment.text))
            if touching and segment.number not in found:
                yield segment.number


def _is_bare(text: str) -> bool:
    """Tell whether a short segment holds terms and nothing that is said of them."""
    spoken = [word.text for word in words(text)]
    if _SAYS_SOMETHING.search(re.sub(r"\w+=\d+", "", text)):
        return False
    if len(spoken) <= 3:
        return not any(word in FUNCTION_WORDS for word in spoken)
    function = sum(word in FUNCTION_WORDS for word in spoken) / len(spoken)
    return _has_the_shape(text, function, len(spoken)) and not _states(text)


def _columns(segments: Sequence[Segment]) -> Iterator[int]:
    """Yield the numbers of segments that stand in a column of bare terms."""
    run: list[int] = []
    for segment in segments:
        if _is_column_line(segment.text):
            run.append(segment.number)
            continue
        if len(run) >= LIST_LINES:
            yield from run
        run = []
    if len(run) >= LIST_LINES:
        yield from run


def _is_column_line(text: str) -> bool:
    if _SAYS_SOMETHING.search(text):
        return False
    return len(words(text)) <= 3 or (len(words(text)) < LEAST_WORDS and _is_bare(text))
