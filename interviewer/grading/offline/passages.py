"""The usable part of an answer, cut into passages: a sentence, or two neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.grading.offline.embedding import Embedding, Vector
from interviewer.grading.offline.signals import Fitting
from interviewer.grading.offline.tokens import tokenise
from interviewer.grading.segments import Segment, Window, windows
from interviewer.grading.words import content_stems


@dataclass(frozen=True)
class Passage:
    """A window with what is worked out of it once."""

    window: Window
    places: tuple[int, ...]
    """Where its segments stand in the view."""
    stems: frozenset[str]
    has_number: bool


class AnswerView:
    """The usable part of an answer, cut into passages."""

    def __init__(self, usable: Sequence[Segment]) -> None:
        self._usable = tuple(usable)
        self._segments = tuple(segment.text for segment in usable)
        self.tokens = tuple(map(tokenise, self._segments))
        self.fitting = Fitting(token for tokens in self.tokens for token in tokens)
        stems = [frozenset(content_stems(segment.text)) for segment in usable]
        place = {segment.number: at for at, segment in enumerate(usable)}
        self.passages = tuple(
            self._passage(window, tuple(place[s.number] for s in window.segments), stems)
            for window in _distinct(windows(usable))
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(passage.window.text for passage in self.passages)

    def within(self, start: int, end: int) -> "AnswerView":
        """Return the view of the segments that touch a span of the answer, and of no others."""
        return AnswerView([s for s in self._usable if s.start < end and start < s.end])

    def vectors(self, embedding: Embedding) -> dict[str, Vector]:
        """Return a vector for each passage; a pair has the mean of its two segments."""
        own = embedding.embed(self._segments)
        found: dict[str, Vector] = {}
        for passage in self.passages:
            mean = np.mean([own[at] for at in passage.places], axis=0)
            found[passage.window.text] = np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)
        return found

    def _passage(
        self, window: Window, places: tuple[int, ...], stems: Sequence[frozenset[str]]
    ) -> Passage:
        number = any(token.is_number for at in places for token in self.tokens[at])
        return Passage(
            window, places, frozenset[str]().union(*(stems[at] for at in places)), number
        )


def _distinct(found: Sequence[Window]) -> list[Window]:
    """Drop later windows that say the same: what is said twice counts once."""
    return list({window.text: window for window in reversed(found)}.values())[::-1]
