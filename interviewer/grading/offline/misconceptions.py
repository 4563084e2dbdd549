"""Does an answer assert a misconception? Likeness to it and to what is right, and falsity.

With sentence vectors a small logistic rule decides, whose weights `python -m training.fit_claims`
makes; without them, the words that a sentence shares with the wrong claim and with right ones.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from interviewer.domain.base import Model
from interviewer.domain.rubric import Misconception
from interviewer.grading.offline.embedding import Vector
from interviewer.grading.offline.guards import negates, warns
from interviewer.grading.offline.passages import Passage
from interviewer.grading.offline.reader import Reader
from interviewer.grading.offline.rubric_index import claim_texts
from interviewer.grading.words import content_stems

ASSERTED = 0.58
"""Without vectors: least share of an example's content words."""
MARGIN = 0.08
"""Without vectors: how much more of an example than of any counter-example, or right answer."""
TURNED = 0.12
"""Without vectors: what a negation in one of the two takes off."""


class Hearing(Model):
    """Log odds that a passage asserts a misconception, and the odds from which it is taken to."""

    intercept: float
    best: float
    """Weight of the likeness to the nearest way to say it."""
    mean: float
    """Weight of the mean likeness to all ways to say it."""
    right: float
    """Weight of the likeness to the nearest example of meeting any criterion of the question."""
    turned: float
    """Added where one of the passage and its nearest example is negated and the other is not."""
    false: float
    """Weight of the reader's word that the passage is false."""
    least: float

    def odds(self, likeness: "Likeness", falsity: float) -> float:
        """Return the log odds that a passage asserts the misconception."""
        return (
            self.intercept
            + self.best * likeness.best
            + self.mean * likeness.mean
            + self.right * likeness.right
            + self.turned * likeness.turned
            + self.false * falsity
        )


class Likeness(Model):
    """Cosines of a passage to a misconception and to what is right."""

    best: float
    mean: float
    right: float
    turned: bool


def read_hearing(path: Path | None = None) -> Hearing:
    """Return the shipped weights, or those in the file."""
    path = path or Path(__file__).parent / "misconceptions.json"
    return Hearing.model_validate(json.loads(path.read_text(encoding="utf-8")))


class Listener:
    """Finds the passage that asserts a misconception."""

    def __init__(self, reader: Reader, hearing: Hearing) -> None:
        self._reader = reader
        self._hearing = hearing

    def find(
        self,
        misconception: Misconception,
        right_ways: Sequence[str],
        passages: Sequence[Passage],
        vectors: Mapping[str, Vector] | None,
    ) -> Passage | None:
        """Return the passage that asserts the misconception most clearly, or None.

        `right_ways` are words that meet the question's criteria: what is near to them as well
        does not assert it. A passage that reports a belief as wrong never does.
        """
        spoken = [passage for passage in passages if not warns(passage.window.text)]
        if vectors is None:
            return _by_words(misconception, right_ways, spoken)
        odds = [self._odds(misconception, right_ways, each, vectors) for each in spoken]
        if not odds or max(odds) < self._hearing.least:
            return None
        return spoken[int(np.argmax(odds))]

    def _odds(
        self,
        misconception: Misconception,
        right_ways: Sequence[str],
        passage: Passage,
        vectors: Mapping[str, Vector],
    ) -> float:
        text = passage.window.text
        likeness = measure(misconception, right_ways, text, vectors)
        if self._hearing.odds(likeness, 1.0) < self._hearing.least:
            return -np.inf  # However false it were, it would not be taken for the claim.
        return self._hearing.odds(likeness, self._reader.falsity(text))


def measure(
    misconception: Misconception,
    right_ways: Sequence[str],
    text: str,
    vectors: Mapping[str, Vector],
) -> Likeness:
    """Return how near a passage is to a misconception and to right answers."""
    own = vectors[text]
    ways = claim_texts(misconception)
    wrong = [float(np.dot(vectors[way], own)) for way in ways]
    nearest = ways[int(np.argmax(wrong))]
    return Likeness(
        best=max(wrong),
        mean=sum(wrong) / len(wrong),
        right=max((float(np.dot(vectors[way], own)) for way in right_ways), default=0.0),
        turned=negates(nearest) != negates(text),
    )


def _by_words(
    misconception: Misconception, right_ways: Sequence[str], passages: Sequence[Passage]
) -> Passage | None:
    best: tuple[float, Passage] | None = None
    for passage in passages:
        wrong = _shared(claim_texts(misconception), passage)
        if wrong < ASSERTED or (best is not None and wrong <= best[0]):
            continue
        if wrong > _shared((*misconception.not_this, *right_ways), passage) + MARGIN:
            best = (wrong, passage)
    return best[1] if best else None


def _shared(texts: Sequence[str], passage: Passage) -> float:
    return max((_share(text, passage) for text in texts), default=0.0)


def _share(text: str, passage: Passage) -> float:
    wanted = frozenset(content_stems(text))
    share = len(wanted & passage.stems) / max(1, len(wanted))
    return share - TURNED * (negates(text) != negates(passage.window.text))
