"""Splits an answer into sentences and note lines, each with its exact place in the answer."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MARKER = re.compile(r"\s*(?:[-*+•‣◦▪–—>]+\s+|#{1,6}\s+|\(?\d{1,2}[.)]\s+|\(?[a-zA-Z][)]\s+)*")
_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[。！？]")  # noqa: RUF001 full-width stops end too
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|eg|ie|vs|cf|approx|ca|fig|no|resp|incl|excl|min|max|avg|est|dept|inc"
    r"|dr|mr|mrs|ms|st|prof|[a-z]))\.$",
    re.IGNORECASE,
)
_SOFT_ABBREVIATION = re.compile(r"\b(?:etc|al|ltd|corp|sec|hrs?|yrs?)\.$", re.IGNORECASE)
_BREAK = re.compile(r"[;:]\s+|\s+[-–—]\s+|,\s+")
_LONG = 60
"""Words after which a sentence without an end is cut; half of what the embedding model reads."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or a note line: `answer[start:end] == text`."""

    number: int
    """Counted from 1, as it is shown to a model."""
    start: int
    end: int
    text: str
    paragraph: int = 1
    """Counted from 1; a blank line ends it."""


@dataclass(frozen=True, slots=True)
class Window:
    """One segment, or two that stand side by side."""

    segments: tuple[Segment, ...]

    @property
    def start(self) -> int:
        return self.segments[0].start

    @property
    def end(self) -> int:
        return self.segments[-1].end

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


@lru_cache(maxsize=16)
def split(answer: str) -> tuple[Segment, ...]:
    """Return the sentences and note lines in order; list markers stand outside them."""
    spans = [
        piece
        for start, end in _blocks(answer)
        for sentence in _sentences(answer, start, end)
        for piece in _pieces(answer, *sentence)
    ]
    blanks = [match.start() for match in _BLANK_LINE.finditer(answer)]
    return tuple(
        Segment(number, start, end, answer[start:end], 1 + bisect_left(blanks, start))
        for number, (start, end) in enumerate(spans, start=1)
    )


def windows(segments: Sequence[Segment]) -> tuple[Window, ...]:
    """Return every segment alone, then every pair of neighbours in a paragraph."""
    alone = [Window((segment,)) for segment in segments]
    pairs = [
        Window((left, right))
        for left, right in pairwise(segments)
        if right.number == left.number + 1 and right.paragraph == left.paragraph
    ]
    return (*alone, *pairs)


def _blocks(answer: str) -> Iterator[tuple[int, int]]:
    """Yield lines without their markers; lines that an editor wrapped come as one."""
    lines = [(match.start(), match.end()) for match in _LINE.finditer(answer)]
    group: list[tuple[int, int]] = []
    for line in lines:
        if group and not _continues(answer, group, line):
            yield from _joined(answer, group)
            group = []
        group.append(line)
    yield from _joined(answer, group)


def _continues(answer: str, group: list[tuple[int, int]], line: tuple[int, int]) -> bool:
    gap = answer[group[-1][1] : line[0]]
    text = answer[slice(*line)]
    starts_plainly = not text[:1].isspace() and _after_marker(text, 0, len(text))[0] == 0
    return gap in {"\n", "\r\n", "\r"} and starts_plainly


def _joined(answer: str, group: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if not group:
        return
    if _is_wrapped([answer[slice(*line)] for line in group]):
        yield _after_marker(answer, group[0][0], group[-1][1])
        return
    for line in group:
        yield _after_marker(answer, *line)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether an editor broke these lines: all but the last long, sentences running on."""
    longest = max(len(line) for line in lines)
    full = all(len(line) >= 0.75 * longest for line in lines[:-1])
    runs_on = any(
        line.rstrip()[-1:] not in ".!?:;" and following[:1].islower()
        for line, following in pairwise(lines)
    )
    return len(lines) > 1 and 56 <= longest <= 120 and full and runs_on


def _after_marker(answer: str, start: int, end: int) -> tuple[int, int]:
    marker = _MARKER.match(answer, start, end)
    return (marker.end() if marker else start), end


def _sentences(answer: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(answer, start, end):
        if _is_sentence_end(answer, begin, stop.end(), end):
            yield from _trimmed(answer, begin, stop.end())
            begin = stop.end()
    yield from _trimmed(answer, begin, end)


def _is_sentence_end(answer: str, begin: int, stop: int, end: int) -> bool:
    before = answer[begin:stop]
    following = answer[stop:end].lstrip()[:1]
    if _ABBREVIATION.search(before):
        return False
    return not (following.islower() and (_SOFT_ABBREVIATION.search(before) or before.endswith("…")))


def _pieces(answer: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or, where it never seems to end, in pieces of bearable length."""
    words_seen, begin, last_break = 0, start, None
    for word in re.finditer(r"\S+", answer[start:end]):
        words_seen += 1
        position = start + word.end()
        if words_seen > _LONG and last_break is not None:
            yield from _trimmed(answer, begin, last_break)
            words_seen = len(answer[last_break:position].split())
            begin, last_break = last_break, None
        if _BREAK.match(answer, position - 1, end) and words_seen > _LONG // 3:
            last_break = position
    yield from _trimmed(answer, begin, end)


def _trimmed(answer: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = answer[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    if any(char.isalnum() for char in answer[start:end]):
        yield start, end
