"""Finds keyword lists: many terms, hardly a sentence."""

import re
from collections.abc import Iterator, Sequence

from interviewer.grading.segments import Segment
from interviewer.grading.words import FUNCTION_WORDS, words

LEAST_WORDS = 12
MOST_FUNCTION_WORDS = 0.10
LEAST_SEPARATORS = 0.20
"""Separators per word; with the two above, the definition in the grading rules."""
BARE_FUNCTION_WORDS, BARE_SEPARATORS = 0.20, 0.40
"""Set phrases ("state of the art, end-to-end") carry function words into a list: where separators
stand every two or three words and there is no figure, twice as many do not make it a statement."""
"""A word after itself counts like a separator: `drift drift drift` is a list too."""
LIST_LINES = 8
"""So many lines in a row of at most three bare words each are a list as well."""

_SEPARATOR = re.compile(r"[,;|/•·\n#]|\s[-–—]\s")
_SAYS_SOMETHING = re.compile(r"\d|[=<>:→%]|->")


def keyword_lists(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments that only list terms, in order."""
    found = {segment.number for segment in segments if _is_list(segment.text)}
    found |= set(_columns(segments))
    return tuple(segment for segment in segments if segment.number in found)


def _is_list(text: str) -> bool:
    spoken = [word.text for word in words(text)]
    if len(spoken) < LEAST_WORDS:
        return False
    function = sum(word in FUNCTION_WORDS for word in spoken) / len(spoken)
    separators = len(_SEPARATOR.findall(text)) / len(spoken)
    repeats = sum(map(str.__eq__, spoken, spoken[1:])) / len(spoken)
    if function < MOST_FUNCTION_WORDS and max(separators, repeats) > LEAST_SEPARATORS:
        return True
    bare = function < BARE_FUNCTION_WORDS and separators > BARE_SEPARATORS
    return bare and not _SAYS_SOMETHING.search(text)


def _columns(segments: Sequence[Segment]) -> Iterator[int]:
    """Yield the numbers of segments that stand in a column of bare terms."""
    run: list[int] = []
    for segment in segments:
        if len(words(segment.text)) <= 3 and not _SAYS_SOMETHING.search(segment.text):
            run.append(segment.number)
            continue
        if len(run) >= LIST_LINES:
            yield from run
        run = []
    if len(run) >= LIST_LINES:
        yield from run
