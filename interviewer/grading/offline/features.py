"""What is measured between an answer and one criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.grading.offline.embedding import Embedding, Vector
from interviewer.grading.offline.rubric_index import CriterionIndex, criterion_texts
from interviewer.grading.offline.signals import Fitting
from interviewer.grading.offline.tokens import tokenise
from interviewer.grading.segments import Segment, Window, windows
from interviewer.grading.words import content_stems

NAMES = (
    "fired", "group_share", "anywhere", "coverage", "over_near_miss", "number_missing",
    "cosine", "cosine_over_near_miss", "cosine_over_others",
)  # fmt: skip
LEXICAL = 6
"""So many of the features need no embedding model."""


@dataclass(frozen=True)
class Passage:
    """A window with what is worked out of it once."""

    window: Window
    places: tuple[int, ...]
    """Where its segments stand in the view."""
    stems: frozenset[str]
    has_number: bool


@dataclass(frozen=True)
class Findings:
    """The features of one criterion, and the passage that speaks for it most."""

    values: tuple[float, ...]
    best: Passage | None


class AnswerView:
    """The usable part of an answer, cut into passages."""

    def __init__(self, usable: Sequence[Segment]) -> None:
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


def measure(
    criterion: CriterionIndex, answer: AnswerView, cosines: "Cosines | None" = None
) -> Findings:
    """Return the features in the order of `NAMES`, the last three 0 without an embedding."""
    if not answer.passages:
        return Findings((0.0,) * len(NAMES), None)
    signs = _Signs(criterion, answer)
    shares = [signs.share(passage) for passage in answer.passages]
    coverages = [_coverage(criterion, passage) for passage in answer.passages]
    near = cosines.of(criterion) if cosines else np.zeros((3, len(answer.passages)))
    strength = np.array(shares) + 0.5 * np.array(coverages) + near[0]
    single = np.array([len(passage.window.segments) == 1 for passage in answer.passages])
    best = int(np.argmax(strength + 0.02 * single))
    lexical = (
        float(max(shares) >= 1 and signs.counted >= 1),
        max(shares) * signs.counted,
        signs.anywhere * signs.counted,
        max(coverages),
        coverages[best] - _near_coverage(criterion, answer.passages[best]),
        float(criterion.wants_number and not answer.passages[best].has_number),
    )
    semantic = tuple(float(row.max()) for row in near) if cosines else (0.0, 0.0, 0.0)
    return Findings((*lexical, *semantic), answer.passages[best])


class _Signs:
    """The hits of a criterion's groups, segment by segment."""

    def __init__(self, criterion: CriterionIndex, answer: AnswerView) -> None:
        hits = [(group, group.hits(answer.tokens, answer.fitting)) for group in criterion.groups]
        self._single = [found for group, found in hits if group.count == 1]
        self._several = [found for group, found in hits if group.count > 1]
        self.counted = min(
            (
                min(1.0, len(frozenset[int]().union(*found)) / group.count)
                for group, found in hits
                if group.count > 1
            ),
            default=1.0,
        )
        """Share of the aliases that groups with a count still need, over the whole answer."""
        self.anywhere = _mean([any(found) for found in self._single])

    def share(self, passage: Passage) -> float:
        """Return the share of the groups with a hit in the passage."""
        groups = self._single or self._several
        return _mean([any(found[at] for at in passage.places) for found in groups])


def _mean(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 1.0


def _coverage(criterion: CriterionIndex, passage: Passage) -> float:
    """Return how much of the criterion's rare words stand in the passage, saturating at 1."""
    found = sum(w for stem, w in criterion.weights.items() if stem in passage.stems)
    return min(1.0, found / (0.35 * sum(criterion.weights.values())))


def _near_coverage(criterion: CriterionIndex, passage: Passage) -> float:
    if not criterion.near_stems:
        return 0.0
    return len(criterion.near_stems & passage.stems) / len(criterion.near_stems)


class Cosines:
    """Cosines between the passages of an answer and the texts of all criteria."""

    def __init__(
        self,
        criteria: Sequence[CriterionIndex],
        vectors: Mapping[str, Vector],
        passages: Sequence[Vector],
    ) -> None:
        rows = np.stack([[vectors[t] for t in criterion_texts(c.criterion)] for c in criteria])
        table = np.einsum("ctd,pd->ctp", rows, np.stack(passages))
        own = table[:, :3].max(axis=1)
        others = (own.sum(axis=0, keepdims=True) - own) / max(1, len(criteria) - 1)
        contrast = table[:, 1:3].max(axis=1) - table[:, 3]
        self._tables = {
            c.criterion.id: np.stack([own[n], contrast[n] * (own[n] > 0.3), own[n] - others[n]])
            for n, c in enumerate(criteria)
        }

    def of(self, criterion: CriterionIndex) -> np.ndarray:
        """Return three rows: cosine, cosine over the near miss, cosine over other criteria."""
        return self._tables[criterion.criterion.id]
