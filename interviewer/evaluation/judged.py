"""Labels and gradings side by side, as arrays that can be resampled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.domain.grading import Grading
from interviewer.domain.ruling import Assertion, Verdict
from interviewer.domain.scoring import level
from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.evaluation.statistics import Floats, Ints, half_up

TOP_LEVEL = 2
FEWEST_CLUSTERS = 5
"""With fewer questions, drawing questions says nothing of how figures spread."""


@dataclass(frozen=True)
class Prediction:
    """What a grader, or a baseline, says of one answer; None where it did not assess."""

    fractions: Mapping[str, float]
    """Dimension id -> points over assessed points."""
    percent: float | None
    met: Mapping[str, bool]
    asserted: int = 0
    """How many misconceptions were asserted."""
    level_of: Mapping[str, int] | None = None
    """Levels where a baseline predicts them directly."""

    def level(self, dimension: str) -> int:
        if self.level_of is not None:
            return self.level_of[dimension]
        return level(self.fractions[dimension])


def predicted(grading: Grading) -> Prediction:
    """Return a grading as a prediction."""
    return Prediction(
        fractions={d.id: d.points / d.max_points for d in grading.dimensions if d.max_points > 0},
        percent=grading.score.percent if grading.score else None,
        met={
            c.id: c.verdict is Verdict.MET
            for d in grading.dimensions
            for c in d.criteria
            if c.verdict is not Verdict.NOT_ASSESSED
        },
        asserted=sum(m.verdict is Assertion.ASSERTED for m in grading.misconceptions),
    )


class Judged:
    """All rows of a data set beside one predictor's answers, as flat arrays.

    `rows` are answers; `pairs` are (answer, dimension); `checks` are (answer, criterion). The
    arrays of pairs and checks know the row that they belong to.
    """

    def __init__(
        self, answers: Sequence[LabelledAnswer], predictions: Sequence[Prediction]
    ) -> None:
        self.answers = tuple(answers)
        self.predictions = tuple(predictions)
        pairs = [
            (row, dimension, mean, said.fractions[dimension], said.level(dimension))
            for row, (answer, said) in enumerate(zip(answers, predictions, strict=True))
            for dimension, mean in answer.level_means.items()
            if dimension in said.fractions
        ]
        self.dimensions = [str(dimension) for _, dimension, *_ in pairs]
        self.pair_row = _ints([pair[0] for pair in pairs])
        means = _floats([pair[2] for pair in pairs])
        self.level_true = half_up(means)
        self.share_true = means / TOP_LEVEL
        self.share_said = _floats([pair[3] for pair in pairs])
        self.level_said = _ints([pair[4] for pair in pairs])
        self.within_true = _centred(self.share_true, self.pair_row)
        self.within_said = _centred(self.share_said, self.pair_row)
        checks = [
            (row, criterion, met, said.met[criterion])
            for row, (answer, said) in enumerate(zip(answers, predictions, strict=True))
            for criterion, met in answer.verdicts.items()
            if criterion in said.met
        ]
        self.criteria = [str(criterion) for _, criterion, *_ in checks]
        self.check_row = _ints([check[0] for check in checks])
        self.met_true = _ints([int(check[2]) for check in checks])
        self.met_said = _ints([int(check[3]) for check in checks])
        self.overall_true = _floats([_or_nan(answer.overall) for answer in answers]) * 10
        self.overall_said = _floats([_or_nan(said.percent) for said in predictions])

    def clusters(self) -> list[Ints]:
        """Return the rows of each question; with fewer than five questions, of each answer."""
        names = [answer.asks for answer in self.answers]
        if len(set(names)) < FEWEST_CLUSTERS:
            names = [answer.id for answer in self.answers]
        rows: dict[str, list[int]] = {}
        for row, name in enumerate(names):
            rows.setdefault(name, []).append(row)
        return [_ints(each) for each in rows.values()]


def _centred(values: Floats, rows: Ints) -> Floats:
    """Return the values minus their row's mean; a row of one value says nothing and gives 0."""
    if not values.size:
        return values
    sums = np.bincount(rows, weights=values)
    counts = np.bincount(rows)
    return values - (sums / np.maximum(counts, 1))[rows]


def _floats(values: Sequence[float]) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _ints(values: Sequence[int]) -> Ints:
    return np.asarray(values, dtype=np.int64)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
