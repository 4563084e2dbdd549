"""What is measured between every criterion and every passage of an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.grading.offline.embedding import Vector
from interviewer.grading.offline.passages import AnswerView, Passage
from interviewer.grading.offline.rubric_index import CriterionIndex, criterion_texts

Table = NDArray[np.float64]
MATCH = ("share", "coverage", "likeness")
"""Names of what is measured: aliases, rare words, and sentence vectors."""
LEXICAL = MATCH[:2]
"""Those that need no embedding model."""
SATURATION = 0.35
"""Share of a criterion's rare words, by weight, from which more of them add nothing."""


@dataclass(frozen=True)
class Comparison:
    """One row per criterion and one column per passage; all tables lie between 0 and 1."""

    view: AnswerView
    share: Table
    """Share of the alias groups with a hit in the passage, less where counted terms are missing."""
    coverage: Table
    """How much of the criterion's rare words stand in the passage."""
    likeness: Table
    """Mean cosine of the passage to the criterion's statement and examples; 0 without vectors."""
    repeats: Table
    """How much of an example of meeting the criterion stands in the passage."""

    @property
    def found(self) -> NDArray[np.bool_]:
        """Whether any alias or rare word was found: vectors alone earn nothing."""
        return (self.share > 0) | (self.coverage > 0)

    @property
    def tables(self) -> Mapping[str, Table]:
        """Return the tables of `MATCH` by name."""
        return {"share": self.share, "coverage": self.coverage, "likeness": self.likeness}

    def shown(self, criterion: int, best: int) -> Passage:
        """Return the one sentence of a passage that says all that the passage says, if any."""
        passages = self.view.passages
        share, coverage = self.share[criterion], self.coverage[criterion]
        inside = [
            at
            for at, passage in enumerate(passages)
            if set(passage.places) < set(passages[best].places)
            and share[at] >= share[best]
            and coverage[at] >= coverage[best]
        ]
        return passages[max(inside, key=lambda at: float(coverage[at]), default=best)]


def compare(
    criteria: Sequence[CriterionIndex], view: AnswerView, vectors: Mapping[str, Vector] | None
) -> Comparison:
    """Measure every criterion beside every passage."""
    size = (len(criteria), len(view.passages))
    pairs = [(criterion, passage) for criterion in criteria for passage in view.passages]
    return Comparison(
        view,
        np.array([_shares(criterion, view) for criterion in criteria]).reshape(size),
        np.array([_coverage(*pair) for pair in pairs]).reshape(size),
        _likeness(criteria, view, vectors) if vectors and view.passages else np.zeros(size),
        np.array([_repeats(*pair) for pair in pairs]).reshape(size),
    )


def _shares(criterion: CriterionIndex, view: AnswerView) -> list[float]:
    """Return the share of the groups with a hit, passage by passage.

    Groups with a count need so many of their aliases over the whole answer; they take from every
    passage, and stand for it where there are no others.
    """
    hits = [(group, group.hits(view.tokens, view.fitting)) for group in criterion.groups]
    single = [found for group, found in hits if group.count == 1]
    several = [found for group, found in hits if group.count > 1]
    counted = min(
        (
            min(1.0, len(frozenset[int]().union(*found)) / group.count)
            for group, found in hits
            if group.count > 1
        ),
        default=1.0,
    )
    groups = single or several
    return [
        counted * sum(any(found[at] for at in passage.places) for found in groups) / len(groups)
        if groups
        else counted
        for passage in view.passages
    ]


def _coverage(criterion: CriterionIndex, passage: Passage) -> float:
    found = sum(w for stem, w in criterion.weights.items() if stem in passage.stems)
    return min(1.0, found / (SATURATION * sum(criterion.weights.values())))


def _repeats(criterion: CriterionIndex, passage: Passage) -> float:
    return max(
        (len(example & passage.stems) / len(example) for example in criterion.examples if example),
        default=0.0,
    )


def _likeness(
    criteria: Sequence[CriterionIndex], view: AnswerView, vectors: Mapping[str, Vector]
) -> Table:
    rows = np.stack([[vectors[t] for t in criterion_texts(c.criterion)] for c in criteria])
    passages = np.stack([vectors[text] for text in view.texts])
    found = np.einsum("ctd,pd->cp", rows, passages) / rows.shape[1]
    return found.astype(np.float64)
