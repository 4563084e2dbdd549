"""The candidate's answer with the evidence marked in it.

The offsets come from the API; still, none is trusted: a span that does not fit the answer is left
out. Spans may overlap, for one sentence can meet two criteria: the answer is cut at every border,
and each piece carries all the notes that hold for it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviewer.domain.base import DimensionId
from interviewer.domain.grading import DimensionGrading, MisconceptionGrading
from interviewer.domain.ruling import Assertion, Evidence, Flag, Verdict
from ui.markup.html import Html, div, join, span, tag, text
from ui.markup.palette import Colours

WRONG = "mi-wrong"
_LINE_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Mark:
    """A span of the answer and what is to be said about it."""

    start: int
    end: int
    colour: str
    """A class of the palette, such as `mi-d2`, or `mi-wrong`."""
    title: str
    note: str


@dataclass(frozen=True)
class Piece:
    """A stretch of the answer over which the same marks hold."""

    words: str
    marks: tuple[Mark, ...]


def marks_of(
    dimensions: Sequence[DimensionGrading],
    palette: Colours,
    misconceptions: Iterable[MisconceptionGrading] = (),
    flags: Iterable[Flag] = (),
) -> tuple[Mark, ...]:
    """Return the marks of a grading: what earned points, what was wrong, what was set aside."""
    titles = {dimension.id: dimension.title for dimension in dimensions}
    marks = [mark for each in dimensions for mark in _earned(each, palette[each.id])]
    for wrong in misconceptions:
        if wrong.verdict is Assertion.ASSERTED:
            marks += _wrong(wrong, titles)
    for flag in flags:
        marks += [_mark(each, "mi-flagged", "Set aside", flag.message) for each in flag.evidence]
    return tuple(marks)


def _earned(dimension: DimensionGrading, colour: str) -> list[Mark]:
    return [
        _mark(evidence, colour, dimension.title, criterion.statement)
        for criterion in dimension.criteria
        if criterion.verdict is Verdict.MET
        for evidence in criterion.evidence
    ]


def _wrong(wrong: MisconceptionGrading, titles: dict[DimensionId, str]) -> list[Mark]:
    where = titles.get(wrong.dimension, "")
    title = f"Not right · {where}" if where else "Not right"
    return [_mark(each, WRONG, title, wrong.correction) for each in wrong.evidence]


def _mark(evidence: Evidence, colour: str, title: str, note: str) -> Mark:
    return Mark(evidence.start, evidence.end, colour, title, note)


def pieces(answer: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Return the answer cut at the borders of all marks that fit it."""
    fitting = [m for m in marks if 0 <= m.start < m.end <= len(answer)]
    gaps = [gap.span() for gap in _LINE_BREAK.finditer(answer)]
    borders = {0, len(answer), *(m.start for m in fitting), *(m.end for m in fitting)}
    return tuple(
        Piece(answer[start:end], _over(answer, start, end, fitting))
        for start, end in pairwise(sorted(borders.union(*gaps)))
    )


def _over(answer: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks over a stretch; the space between paragraphs carries none."""
    if answer[start:end].isspace():
        return ()
    return tuple(mark for mark in marks if mark.start <= start and end <= mark.end)


def annotated(answer: str, marks: Iterable[Mark]) -> Html:
    """Return the answer as text with its marks; each mark can be reached with the keyboard."""
    drawn = [
        _highlight(n, piece) if piece.marks else text(piece.words)
        for n, piece in enumerate(pieces(answer, marks))
    ]
    return div("mi-answer", join(drawn), dir="auto")


def _highlight(position: int, piece: Piece) -> Html:
    colours = list(dict.fromkeys(mark.colour for mark in piece.marks))
    if WRONG in colours:
        colours = [WRONG, *(each for each in colours if each != WRONG)]
    second = f" mi-also {colours[1].replace('mi-', 'mi-also-')}" if len(colours) > 1 else ""
    tip = f"mi-tip-{position}"
    return tag(
        "mark",
        piece.words,
        span("mi-tip", *_notes(piece.marks), role="tooltip", id=tip),
        class_=f"mi-mark {colours[0]}{second}",
        tabindex=0,
        aria_describedby=tip,
    )


def _notes(marks: Sequence[Mark]) -> list[Html]:
    return [
        span("mi-tip-note", tag("b", title), text(note))
        for title, note in dict.fromkeys((mark.title, mark.note) for mark in marks)
    ]
