"""What needs no grader: the commonest level, and the length of the answer.

Both are fitted leaving the judged question out; with a single question, leaving the answer out.
"""

from collections.abc import Callable, Sequence

import numpy as np

from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.evaluation.judged import TOP_LEVEL, Prediction
from interviewer.evaluation.statistics import Floats

Predictor = Callable[[LabelledAnswer], tuple[float, float]]
"""Returns a level from 0 to 2 and an overall score from 0 to 10."""


def majority(answers: Sequence[LabelledAnswer]) -> list[Prediction]:
    """Predict the commonest level and the mean overall score of the other questions."""
    return _left_out(answers, _fit_majority)


def length_only(answers: Sequence[LabelledAnswer]) -> list[Prediction]:
    """Predict from the logarithm of the word count, by least squares on the other questions."""
    return _left_out(answers, _fit_length)


def _left_out(
    answers: Sequence[LabelledAnswer],
    fit: Callable[[Sequence[LabelledAnswer]], Predictor],
) -> list[Prediction]:
    several = len({answer.asks for answer in answers}) > 1
    fitted: dict[str, Predictor] = {}
    predictions: list[Prediction] = []
    for answer in answers:
        key = answer.asks if several else answer.id
        if key not in fitted:
            fitted[key] = fit([a for a in answers if (a.asks if several else a.id) != key])
        level, overall = fitted[key](answer)
        predictions.append(_everywhere(answer, level, overall))
    return predictions


def _everywhere(answer: LabelledAnswer, level: float, overall: float) -> Prediction:
    level = min(max(level, 0.0), float(TOP_LEVEL))
    rounded = int(np.floor(level + 0.5))
    dimensions = answer.level_means
    return Prediction(
        fractions=dict.fromkeys(dimensions, level / TOP_LEVEL),
        percent=10 * min(max(overall, 0.0), 10.0),
        met=dict.fromkeys(answer.verdicts, level >= 1),
        level_of=dict.fromkeys(dimensions, rounded),
    )


def _fit_majority(answers: Sequence[LabelledAnswer]) -> Predictor:
    levels = [round(level) for a in answers for level in a.level_means.values()]
    overall = [a.overall for a in answers if a.overall is not None]
    commonest = float(max(set(levels), key=levels.count)) if levels else 0.0
    mean = float(np.mean(overall)) if overall else 0.0
    return lambda _: (commonest, mean)


def _fit_length(answers: Sequence[LabelledAnswer]) -> Predictor:
    with_levels = [a for a in answers if a.level_means]
    level = _line(
        [_length(a) for a in with_levels],
        [float(np.mean(list(a.level_means.values()))) for a in with_levels],
    )
    scored = [(a, a.overall) for a in answers if a.overall is not None]
    overall = _line([_length(a) for a, _ in scored], [each for _, each in scored])
    return lambda answer: (level(_length(answer)), overall(_length(answer)))


def _length(answer: LabelledAnswer) -> float:
    return float(np.log1p(len(answer.answer.split())))


def _line(x: Sequence[float], y: Sequence[float]) -> Callable[[float], float]:
    if len(x) < 2:
        constant = float(np.mean(y)) if y else 0.0
        return lambda _: constant
    columns: Floats = np.stack([np.ones(len(x)), np.asarray(x)], axis=1)
    intercept, slope = np.linalg.lstsq(columns, np.asarray(y), rcond=None)[0]
    return lambda value: float(intercept + slope * value)
