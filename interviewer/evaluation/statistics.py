"""Measures of agreement, each with the source of its formula."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RESAMPLES = 1000
"""Enough that a 95 % bound moves by less than a tenth of the interval's width."""


def half_up(means: Floats) -> Ints:
    """Round mean levels half up, as the public contract fixes it."""
    return np.floor(means + 0.5).astype(np.int64)


def accuracy(truth: Ints, said: Ints) -> float:
    """Return the share of equal values."""
    return float(np.equal(truth, said).mean()) if truth.size else float("nan")


def macro_f1(truth: Ints, said: Ints) -> float:
    """Return the unweighted mean of the F1 of every value that occurs on either side."""
    scores: list[float] = []
    for value in sorted({*truth.tolist(), *said.tolist()}):
        hit = float(np.sum((truth == value) & (said == value)))
        scores.append(2 * hit / float(np.sum(truth == value) + np.sum(said == value)))
    return float(np.mean(scores)) if scores else float("nan")


def cohen_kappa(truth: Ints, said: Ints, levels: int, *, quadratic: bool = False) -> float:
    """Return Cohen's kappa (Cohen 1960), or the quadratically weighted one (Cohen 1968).

    Where one side is constant, chance and observed disagreement coincide and kappa is 0; where
    neither side disagrees at all it is 1.
    """
    if not truth.size:
        return float("nan")
    table = confusion(truth, said, levels).astype(np.float64)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    steps = np.arange(levels)
    distance = np.abs(steps[:, None] - steps[None, :]).astype(np.float64)
    weights = distance**2 if quadratic else (distance > 0).astype(np.float64)
    chance = float((weights * expected).sum())
    observed = float((weights * table).sum())
    return 1 - observed / chance if chance else float(observed == 0)


def confusion(truth: Ints, said: Ints, levels: int) -> Ints:
    """Return counts with the truth in rows."""
    flat = np.bincount(truth * levels + said, minlength=levels * levels)
    return flat.reshape(levels, levels).astype(np.int64)


def pearson(x: Floats, y: Floats) -> float:
    """Return Pearson's r; not a number where a side does not vary."""
    if x.size < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])


def spearman(x: Floats, y: Floats) -> float:
    """Return Spearman's rho: Pearson's r of the ranks, ties sharing their mean rank."""
    return pearson(_ranks(x), _ranks(y))


def _ranks(values: Floats) -> Floats:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts).astype(np.float64)
    return (last - (counts - 1) / 2)[places]


Figures = Mapping[str, float]


def cluster_bootstrap(
    clusters: Sequence[Ints],
    figures: Callable[[Ints], Figures],
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> dict[str, tuple[float, float]]:
    """Return the 95 % percentile interval of each figure (Efron and Tibshirani 1993, chapter 13).

    Whole clusters are drawn with replacement, for answers to one question are not independent.
    `figures` takes the indices of the drawn rows, with repeats.
    """
    generator = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(resamples):
        chosen = generator.integers(0, len(clusters), len(clusters))
        rows: Ints = np.concatenate([clusters[int(each)] for each in chosen])
        for name, value in figures(rows).items():
            drawn.setdefault(name, []).append(value)
    return {name: _interval(values) for name, values in drawn.items()}


def _interval(values: Sequence[float]) -> tuple[float, float]:
    known = np.asarray([value for value in values if not np.isnan(value)])
    if not known.size:
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
