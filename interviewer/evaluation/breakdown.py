"""The same gradings by profile, by dimension and by criterion, each with its counts."""

from collections.abc import Sequence
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from interviewer.domain.base import Model
from interviewer.domain.grading import Grading
from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.evaluation.judged import Judged
from interviewer.evaluation.statistics import Ints, confusion

LEVELS, VERDICTS = 3, 2
Counts = tuple[tuple[int, ...], ...]
"""Labels in rows, grader in columns; levels 0 to 2, or unmet and met."""
Mask = NDArray[np.bool_]


class ProfileRow(Model):
    """Answers of one kind: mean score beside the mean label, both of 100."""

    profile: str
    answers: int
    scored: int
    """Answers that have a score and an overall label; the two means are over these."""
    score: float | None
    label: float | None
    levels: Counts
    verdicts: Counts


class CheckRow(Model):
    """One criterion or dimension: how often the grader and the labels agree."""

    id: str
    answers: int
    agreement: float
    credited: float
    """Mean share that the grader gives, 0–1."""
    labelled: float
    """Mean share that the labels give, 0–1."""
    counts: Counts


def by_profile(judged: Judged, gradings: Sequence[Grading]) -> tuple[ProfileRow, ...]:
    """Return one row for each profile, in alphabetical order."""
    return tuple(
        _profile(judged, gradings, profile)
        for profile in sorted({answer.profile for answer in judged.answers})
    )


def _profile(judged: Judged, gradings: Sequence[Grading], profile: str) -> ProfileRow:
    inside = np.asarray([answer.profile == profile for answer in judged.answers])
    both = [
        (grading.score.percent, 10 * answer.overall)
        for answer, grading in zip(judged.answers, gradings, strict=True)
        if answer.profile == profile and grading.score and answer.overall is not None
    ]
    return ProfileRow(
        profile=profile or "(none)",
        answers=int(inside.sum()),
        scored=len(both),
        score=mean(score for score, _ in both) if both else None,
        label=mean(label for _, label in both) if both else None,
        levels=level_counts(judged, inside[judged.pair_row]),
        verdicts=verdict_counts(judged, inside[judged.check_row]),
    )


def level_counts(judged: Judged, mask: Mask) -> Counts:
    """Return how often each labelled level got each level."""
    return _counts(confusion(judged.level_true[mask], judged.level_said[mask], LEVELS))


def verdict_counts(judged: Judged, mask: Mask) -> Counts:
    """Return how often each labelled verdict, unmet or met, got each verdict."""
    return _counts(confusion(judged.met_true[mask], judged.met_said[mask], VERDICTS))


def by_dimension(judged: Judged) -> tuple[CheckRow, ...]:
    """Return one row for each labelled dimension."""
    return tuple(
        CheckRow(
            id=name,
            answers=int(mask.sum()),
            agreement=float((judged.level_true[mask] == judged.level_said[mask]).mean()),
            credited=float(judged.share_said[mask].mean()),
            labelled=float(judged.share_true[mask].mean()),
            counts=level_counts(judged, mask),
        )
        for name, mask in _masks(judged.answers, judged.dimensions, judged.pair_row)
    )


def by_criterion(judged: Judged) -> tuple[CheckRow, ...]:
    """Return one row for each criterion with labelled verdicts."""
    return tuple(
        CheckRow(
            id=name,
            answers=int(mask.sum()),
            agreement=float((judged.met_true[mask] == judged.met_said[mask]).mean()),
            credited=float(judged.met_said[mask].mean()),
            labelled=float(judged.met_true[mask].mean()),
            counts=verdict_counts(judged, mask),
        )
        for name, mask in _masks(judged.answers, judged.criteria, judged.check_row)
    )


def _masks(
    answers: Sequence[LabelledAnswer], names: Sequence[str], rows: Ints
) -> list[tuple[str, Mask]]:
    """Return a mask for each id; ids are told apart by their question, for they may recur."""
    full = [
        f"{answers[int(row)].question_id or 'own'}/{name}"
        for row, name in zip(rows, names, strict=True)
    ]
    return [(name, np.asarray([each == name for each in full])) for name in dict.fromkeys(full)]


def _counts(table: Ints) -> Counts:
    return tuple(tuple(int(count) for count in row) for row in table)
