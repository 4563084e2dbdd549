"""The figures of one predictor against the labels, with intervals."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from interviewer.domain.base import Model
from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.evaluation.judged import Judged, Prediction
from interviewer.evaluation.statistics import (
    RESAMPLES,
    Ints,
    accuracy,
    cluster_bootstrap,
    cohen_kappa,
    macro_f1,
    pearson,
    spearman,
)

LEVELS = 3


class Figure(Model):
    """A measure and its 95 % interval; None where the data cannot tell."""

    value: float | None
    low: float | None
    high: float | None


def figures(judged: Judged, rows: Ints) -> dict[str, float]:
    """Return every measure over these rows; a row drawn twice counts twice."""
    pairs = _expand(judged.pair_row, rows, len(judged.answers))
    checks = _expand(judged.check_row, rows, len(judged.answers))
    level_true, level_said = judged.level_true[pairs], judged.level_said[pairs]
    share_true, share_said = judged.share_true[pairs], judged.share_said[pairs]
    met_true, met_said = judged.met_true[checks], judged.met_said[checks]
    told = rows[~np.isnan(judged.overall_true[rows]) & ~np.isnan(judged.overall_said[rows])]
    overall_true, overall_said = judged.overall_true[told], judged.overall_said[told]
    return {
        "level_accuracy": accuracy(level_true, level_said),
        "level_macro_f1": macro_f1(level_true, level_said),
        "level_kappa": cohen_kappa(level_true, level_said, LEVELS),
        "level_qwk": cohen_kappa(level_true, level_said, LEVELS, quadratic=True),
        "within_r": pearson(judged.within_true[pairs], judged.within_said[pairs]),
        "dimension_r": pearson(share_true, share_said),
        "bias": _mean(share_said - share_true),
        "overall_r": pearson(overall_true, overall_said),
        "overall_rho": spearman(overall_true, overall_said),
        "overall_mae": _mean(np.abs(overall_said - overall_true)),
        "verdict_accuracy": accuracy(met_true, met_said),
        "verdict_macro_f1": macro_f1(met_true, met_said),
        "verdict_kappa": cohen_kappa(met_true, met_said, 2),
        "met_rate_bias": _mean((met_said - met_true).astype(np.float64)),
    }


def measure(judged: Judged, resamples: int = RESAMPLES) -> dict[str, Figure]:
    """Return every measure with its cluster-bootstrap interval."""
    everything = np.arange(len(judged.answers))
    values = figures(judged, everything)
    intervals = cluster_bootstrap(
        judged.clusters(), lambda rows: figures(judged, rows), resamples=resamples
    )
    return {name: _figure(value, intervals[name]) for name, value in values.items()}


def compare(first: Judged, second: Judged, resamples: int = RESAMPLES) -> dict[str, Figure]:
    """Return second − first of every measure on the same rows, by a paired bootstrap."""

    def gap(rows: Ints) -> dict[str, float]:
        before, after = figures(first, rows), figures(second, rows)
        return {name: after[name] - before[name] for name in before}

    values = gap(np.arange(len(first.answers)))
    intervals = cluster_bootstrap(first.clusters(), gap, resamples=resamples)
    return {name: _figure(value, intervals[name]) for name, value in values.items()}


def between_labellers(
    answers: Sequence[LabelledAnswer], resamples: int = RESAMPLES
) -> dict[str, Figure] | None:
    """Return how well the labellers agree among themselves, or None with fewer than two."""
    first, second = _by_labeller(answers)
    if not any(said.fractions or said.met for said in second):
        return None
    return measure(Judged(first, second), resamples)


def _by_labeller(
    answers: Sequence[LabelledAnswer],
) -> tuple[list[LabelledAnswer], list[Prediction]]:
    """Pair the labels of every two labellers, one as the truth and one as the prediction."""
    rows: list[LabelledAnswer] = []
    said: list[Prediction] = []
    for answer in answers:
        for one, other in combinations(answer.labels, 2):
            rows.append(answer.model_copy(update={"labels": (one,)}))
            said.append(
                Prediction(
                    fractions={key: level / 2 for key, level in other.levels.items()},
                    percent=None if other.overall is None else 10 * other.overall,
                    met={key: verdict == "met" for key, verdict in other.verdicts.items()},
                    level_of={str(key): level for key, level in other.levels.items()},
                )
            )
    return rows, said


def _expand(owner: Ints, rows: Ints, count: int) -> Ints:
    """Return the indices of everything that belongs to the rows, repeats included."""
    times = np.bincount(rows, minlength=count)
    return np.repeat(np.arange(owner.size), times[owner]) if owner.size else owner


def _mean(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    return float(values.mean()) if values.size else float("nan")


def _figure(value: float, interval: tuple[float, float]) -> Figure:
    return Figure(value=_known(value), low=_known(interval[0]), high=_known(interval[1]))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
