"""Does an answer assert a misconception? Examples against counter-examples, warnings excused."""

from collections.abc import Mapping, Sequence

import numpy as np

from interviewer.domain.rubric import Misconception
from interviewer.grading.offline.embedding import Vector
from interviewer.grading.offline.features import Passage
from interviewer.grading.offline.guards import negates, warns
from interviewer.grading.words import content_stems

ASSERTED = 0.58
"""Least likeness, 0–1, to an example of the misconception."""
MARGIN = 0.08
"""How much liker to an example than to any counter-example, or to any way of being right. Of the
bank's misconceptions said in fresh words 43 % pass both, of its sound answers 2.5 % do in a
sentence (with .64 and .05, and the ways of one dimension only, 31 and 2 %)."""


def find_assertion(
    misconception: Misconception,
    right_ways: Sequence[str],
    passages: Sequence[Passage],
    vectors: Mapping[str, Vector] | None,
) -> Passage | None:
    """Return the passage that asserts the misconception, or None.

    `right_ways` are words that meet the question's criteria: what is nearer to them than to the
    wrong claim does not assert it.
    """
    best: tuple[float, Passage] | None = None
    for passage in passages:
        text = passage.window.text
        if warns(text):
            continue
        wrong = _likeness(
            (*misconception.examples, misconception.statement), passage, vectors, text
        )
        if wrong < ASSERTED or (best is not None and wrong <= best[0]):
            continue
        right = _likeness((*misconception.not_this, *right_ways), passage, vectors, text)
        if wrong > right + MARGIN:
            best = (wrong, passage)
    return best[1] if best else None


def _likeness(
    texts: Sequence[str], passage: Passage, vectors: Mapping[str, Vector] | None, text: str
) -> float:
    return max(
        (
            _like(example, passage, vectors, text) - 0.12 * (negates(example) != negates(text))
            for example in texts
        ),
        default=0.0,
    )


def _like(example: str, passage: Passage, vectors: Mapping[str, Vector] | None, text: str) -> float:
    wanted = frozenset(content_stems(example))
    shared = len(wanted & passage.stems) / max(1, len(wanted))
    if vectors is None:
        return shared
    return 0.75 * float(np.dot(vectors[example], vectors[text])) + 0.25 * shared
