"""Features -> met or not: how well the criterion is matched, and how soundly the answer speaks.

Both are log odds from a few weighted features, and they are added. Matching is measured criterion
by criterion; soundness is a mean over the question's criteria, because a single window says
little about it, and because a liking for a way of writing must not choose between criteria.
Criteria whose terms were found count most in it, so that what is said beside the point moves it
little. Soundness is bounded by `reach`: a criterion that is matched well is met in a vague answer
too, and one that is not matched is not met in a polished one. The weights are made by
`python -m training.fit_rule`.
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from interviewer.domain.base import Model
from interviewer.grading.offline.features import NAMES

UNFOUND = 0.1
"""Weight in soundness of a criterion none of whose terms was found, beside 1.1 where all were."""
REPEATED = 0.8
"""Share of an example's content words from which a passage says the same as the example."""


class Factor(Model):
    """Log odds over named features."""

    intercept: float
    weights: Mapping[str, float]

    def log_odds(self, values: Mapping[str, float]) -> float:
        """Return the intercept plus the weighted features."""
        return self.intercept + sum(w * values[name] for name, w in self.weights.items())


class Weights(Model):
    """The two factors, and the probability from which a criterion is met."""

    match: Factor
    soundness: Factor
    reach: float
    """Most log odds that soundness may add or take."""
    threshold: float

    def decide(
        self, measured: Sequence[Sequence[float]], repeats: Sequence[float] = ()
    ) -> tuple[float, ...]:
        """Return, for each criterion, how likely it is met; 0.5 is the threshold.

        What nearly repeats an example of meeting the criterion meets it, however the rest of
        the answer speaks.
        """
        if not measured:
            return ()
        sound = self.soundness.log_odds(dict(zip(NAMES, answer_means(measured), strict=True)))
        lift = self.reach * math.tanh(sound)
        likely = (self._decide(dict(zip(NAMES, row, strict=True)), lift) for row in measured)
        if not repeats:
            return tuple(likely)
        return tuple(
            1.0 if repeat >= REPEATED else chance
            for chance, repeat in zip(likely, repeats, strict=True)
        )

    def _decide(self, values: Mapping[str, float], lift: float) -> float:
        z = self.match.log_odds(values) + lift
        likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
        return likely / (2 * self.threshold) if likely < self.threshold else 0.5 + likely / 2


def answer_means(measured: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return the mean of each feature over the criteria, those with more of their terms first."""
    weights = [UNFOUND + row[NAMES.index("group_share")] for row in measured]
    return tuple(
        sum(w * value for w, value in zip(weights, column, strict=True)) / sum(weights)
        for column in zip(*measured, strict=True)
    )


class Rule(Model):
    """The weights with sentence vectors, and those without."""

    source: str
    semantic: Weights
    lexical: Weights


def read_rule(path: Path | None = None) -> Rule:
    """Return the shipped rule, or the one in the file."""
    path = path or Path(__file__).parent / "rule.json"
    return Rule.model_validate(json.loads(path.read_text(encoding="utf-8")))
