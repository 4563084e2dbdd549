"""What is worked out once per question: alias groups, word weights, and vectors on disk."""

import math
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion, Misconception
from interviewer.grading.offline.embedding import Embedding, Vector
from interviewer.grading.offline.signals import Group, groups_of
from interviewer.grading.words import content_stems, has_number

_NUMERIC = frozenset(
    ["numeric", "number", "figure", "threshold", "percent", "quantif", "numer", "quantifi"]
)


class CriterionIndex:
    """One criterion, ready to be looked for."""

    def __init__(self, criterion: Criterion, rarity: dict[str, float]) -> None:
        self.criterion = criterion
        self.groups: tuple[Group, ...] = groups_of(criterion.signals)
        self.statement_stems = frozenset(content_stems(criterion.statement))
        self.examples = tuple(
            frozenset(content_stems(text)) for text in (criterion.met_example, criterion.to_add)
        )
        wanted = content_stems(f"{criterion.met_example} {criterion.to_add} {criterion.statement}")
        self.weights = {stem: rarity.get(stem, 1.0) for stem in set(wanted)}
        self.wants_number = bool(_NUMERIC & self.statement_stems) and has_number(
            criterion.met_example
        )


class QuestionIndex:
    """All criteria of a question, and the vectors of their texts."""

    def __init__(self, question: Question) -> None:
        self.question = question
        criteria = tuple(question.rubric.criteria())
        rarity = _rarity([f"{c.statement} {c.met_example} {c.to_add}" for c in criteria])
        self.criteria = tuple(CriterionIndex(c, rarity) for c in criteria)
        self.statements = tuple(c.statement_stems for c in self.criteria)

    @cached_property
    def right_ways(self) -> tuple[str, ...]:
        """Return the author's examples of meeting the question's criteria."""
        return tuple(
            text
            for criterion in self.question.rubric.criteria()
            for text in (criterion.met_example, criterion.to_add)
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return what is embedded, in the order of `rows`."""
        criteria = [t for c in self.criteria for t in criterion_texts(c.criterion)]
        return (*criteria, *(t for m in self.question.misconceptions for t in claim_texts(m)))


def criterion_texts(criterion: Criterion) -> tuple[str, str, str]:
    """Return the statement and two ways to meet it."""
    return (criterion.statement, criterion.met_example, criterion.to_add)


def claim_texts(misconception: Misconception) -> tuple[str, ...]:
    """Return the ways to assert a misconception."""
    return (*misconception.examples, misconception.statement)


def rubric_vectors(
    index: QuestionIndex, embedding: Embedding, cache: Path | None
) -> dict[str, Vector]:
    """Return a vector for each text of the rubric, from the cache folder where it has them.

    A file is named by the digests of the question and of the model; one that cannot be read is
    made anew.
    """
    file = cache / f"{index.question.digest}-{embedding.digest}.npy" if cache else None
    rows = _kept(file) if file else None
    if rows is None or rows.shape != (len(index.texts), 384):
        rows = np.stack(embedding.embed(index.texts))
        if file:
            _save(file, rows)
    return dict(zip(index.texts, rows, strict=True))


def _kept(file: Path) -> Vector | None:
    try:
        rows = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return rows if rows.dtype == np.float32 else None


def _save(file: Path, rows: Vector) -> None:
    """Keep the vectors for the next start; a folder that cannot be written costs time only."""
    part = file.with_suffix(f".{os.getpid()}.part.npy")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(part, rows)
        part.replace(file)
    except OSError:
        return


def _rarity(texts: Sequence[str]) -> dict[str, float]:
    """Return the inverse document frequency of each stem over the question's criteria."""
    documents = [frozenset(content_stems(text)) for text in texts]
    stems = frozenset[str]().union(*documents)
    return {
        stem: math.log((1 + len(documents)) / (0.5 + sum(stem in d for d in documents)))
        for stem in stems
    }
