"""What is measured between an answer and one criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.grading.offline.embedding import Embedding, Vector
from interviewer.grading.offline.judge import Judge
from interviewer.grading.offline.reader import Reader
from interviewer.grading.offline.rubric_index import CriterionIndex, criterion_texts
from interviewer.grading.offline.signals import Fitting
from interviewer.grading.offline.specificity import Specificity
from interviewer.grading.offline.tokens import tokenise
from interviewer.grading.segments import Segment, Window, windows
from interviewer.grading.words import content_stems

NAMES = (
    "fired", "group_share", "anywhere", "coverage", "over_near_miss", "number_missing",
    "specific", "cosine", "cosine_over_near_miss", "cosine_over_others", "judged",
    "judged_over_others", "judged_near_best", "cosine_scaled", "false",
)  # fmt: skip
LEXICAL = 7
"""So many of the features need no embedding model."""
READ = 3
"""So many passages, those that speak for a criterion most, are read for false claims."""


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
    repeats: float = 0.0
    """How much of an example of meeting the criterion stands in one passage, from 0 to 1."""

    @property
    def has_words(self) -> bool:
        """Whether any alias or rare word of the criterion was found: vectors alone earn nothing."""
        return (
            self.values[NAMES.index("group_share")] > 0 or self.values[NAMES.index("coverage")] > 0
        )


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


def measure(
    criterion: CriterionIndex,
    answer: AnswerView,
    specificity: Specificity,
    readings: "Readings | None" = None,
) -> Findings:
    """Return the features in the order of `NAMES`, those after `LEXICAL` 0 without readings."""
    if not answer.passages:
        return Findings((0.0,) * len(NAMES), None)
    signs = _Signs(criterion, answer)
    shares = [signs.share(passage) for passage in answer.passages]
    coverages = [_coverage(criterion, passage) for passage in answer.passages]
    single = np.array([len(passage.window.segments) == 1 for passage in answer.passages])
    strength = np.array(shares) + 0.5 * np.array(coverages) + 0.02 * single
    if readings:
        strength = strength + readings.cosine(criterion)
    best = int(np.argmax(strength))
    passage = answer.passages[best]
    shown = _tightest(answer.passages, shares, coverages, best)
    repeats = max(_repeats(criterion, passage) for passage in answer.passages)
    lexical = (
        float(max(shares) >= 1 and signs.counted >= 1),
        max(shares) * signs.counted,
        signs.anywhere * signs.counted,
        max(coverages),
        coverages[best] - _near_coverage(criterion, passage),
        float(criterion.wants_number and not passage.has_number),
        specificity.of(passage.window.text),
    )
    if not readings:
        return Findings((*lexical, *(0.0,) * (len(NAMES) - LEXICAL)), shown, repeats)
    return Findings((*lexical, *readings.features(criterion, strength)), shown, repeats)


def _tightest(
    passages: Sequence[Passage], shares: Sequence[float], coverages: Sequence[float], best: int
) -> Passage:
    """Return the one sentence of the best passage that says all that the passage says, if any."""
    inside = [
        at
        for at, passage in enumerate(passages)
        if set(passage.places) < set(passages[best].places)
        and shares[at] >= shares[best]
        and coverages[at] >= coverages[best]
    ]
    return passages[max(inside, key=lambda at: coverages[at], default=best)]


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


def _repeats(criterion: CriterionIndex, passage: Passage) -> float:
    return max(
        len(example & passage.stems) / len(example) for example in criterion.examples if example
    )


def _near_coverage(criterion: CriterionIndex, passage: Passage) -> float:
    if not criterion.near_stems:
        return 0.0
    return len(criterion.near_stems & passage.stems) / len(criterion.near_stems)


class Readings:
    """What the sentence vectors say of every criterion beside every passage."""

    def __init__(
        self,
        criteria: Sequence[CriterionIndex],
        vectors: Mapping[str, Vector],
        passages: Sequence[Passage],
        judge: Judge,
        reader: Reader,
    ) -> None:
        rows = np.stack([[vectors[t] for t in criterion_texts(c.criterion)] for c in criteria])
        windows = np.stack([vectors[passage.window.text] for passage in passages])
        table = np.einsum("ctd,pd->ctp", rows, windows)
        self._places = {c.criterion.id: n for n, c in enumerate(criteria)}
        self._own = table[:, :3].max(axis=1)
        self._over_near_miss = (table[:, 1:3].max(axis=1) - table[:, 3]) * (self._own > 0.3)
        self._judged = judge.table(rows[:, 0], windows)
        self._scale = _scale(rows)
        self._texts = tuple(passage.window.text for passage in passages)
        self._reader = reader

    def cosine(self, criterion: CriterionIndex) -> Vector:
        """Return the cosine of each passage to the criterion's nearest text."""
        return self._own[self._places[criterion.criterion.id]]

    def features(
        self, criterion: CriterionIndex, strength: NDArray[np.float64]
    ) -> tuple[float, ...]:
        """Return the features of `NAMES` that need vectors."""
        at = self._places[criterion.criterion.id]
        order = np.argsort(-strength, kind="stable")
        best = order[:2]
        return (
            float(self._own[at].max()),
            float(self._over_near_miss[at].max()),
            float(_over_others(self._own, at).max()),
            float(self._judged[at, best].mean()),
            float(_over_others(self._judged, at)[best].mean()),
            float(self._judged[at].max()),
            (float(self._own[at].max()) - self._scale[at][0]) / self._scale[at][1],
            max(self._reader.falsity(self._texts[int(n)]) for n in order[:READ]),
        )


def _scale(rows: Vector) -> list[tuple[float, float]]:
    """Return, for each criterion, how near other criteria's examples come, and the way to its own.

    Criteria differ in how much of their wording everybody uses; this makes cosines comparable.
    """
    count = len(rows)
    near = np.einsum("ctd,ksd->ckts", rows[:, :3], rows[:, 1:3]).max(axis=2).mean(axis=2)
    own = np.einsum("cd,cd->c", rows[:, 1], rows[:, 2])
    others = [
        float(np.mean(np.sort(np.delete(near[n], n))[-3:])) if count > 1 else 0.3
        for n in range(count)
    ]
    return [(o, max(0.15, float(mine) - o)) for o, mine in zip(others, own, strict=True)]


def _over_others(table: Vector, at: int) -> Vector:
    """Return a row over the mean of the other rows."""
    others = (table.sum(axis=0) - table[at]) / max(1, len(table) - 1)
    return table[at] - others
