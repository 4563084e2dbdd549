"""What changed between two answers, word by word; long stretches that are the same are folded."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import Indel

from ui.markup.html import Html, div, join, span, tag, text
from ui.markup.numbers import plural

_WORD = re.compile(r"\s*\S+|\s+$")
KEPT = 12
"""Words of a long unchanged stretch that are shown at each end of it."""


def difference(before: str, after: str) -> Html:
    """Return the later answer with what was taken out and what was put in, marked."""
    return div("mi-diff", join(_runs(_WORD.findall(before), _WORD.findall(after))), dir="auto")


def _runs(before: list[str], after: list[str]) -> Iterator[Html]:
    # Words are compared without the space before them, so that a new line is no change.
    steps = Indel.opcodes([each.strip() for each in before], [each.strip() for each in after])
    for step in steps:
        old = "".join(before[step.src_start : step.src_end])
        new = after[step.dest_start : step.dest_end]
        if step.tag == "equal":
            yield _same(new)
        elif step.tag == "delete":
            yield tag("del", old)
        else:
            yield tag("ins", "".join(new))


def _same(words: list[str]) -> Html:
    folded = len(words) - 2 * KEPT
    if folded <= KEPT:
        return text("".join(words))
    note = span("mi-quiet", f" [{plural(folded, 'word')} the same] ")
    return join((text("".join(words[:KEPT])), note, text("".join(words[-KEPT:]).lstrip())))
