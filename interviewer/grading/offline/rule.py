"""Features -> met or not: how well the criterion is matched × how soundly the answer speaks.

Both factors are small logistic rules. Matching is measured criterion by criterion; soundness is
the mean over the question's criteria, because a single window says little about it, and because
the judge's liking for a way of writing must not choose between criteria. The weights are made by
`python -m training.fit_rule`.
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from interviewer.domain.base import Model
from interviewer.grading.offline.features import NAMES

REPEATED = 0.8
"""Share of an example's content words from which a passage says the same as the example."""


class Factor(Model):
    """A logistic rule over named features."""

    intercept: float
    weights: Mapping[str, float]

    def probability(self, values: Mapping[str, float]) -> float:
        """Return a value from 0 to 1."""
        z = self.intercept + sum(w * values[name] for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


class Weights(Model):
    """The two factors, and the product from which a criterion is met."""

    match: Factor
    soundness: Factor
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
        means = [sum(column) / len(measured) for column in zip(*measured, strict=True)]
        sound = self.soundness.probability(dict(zip(NAMES, means, strict=True)))
        likely = (self._decide(dict(zip(NAMES, row, strict=True)), sound) for row in measured)
        if not repeats:
            return tuple(likely)
        return tuple(
            1.0 if repeat >= REPEATED else chance
            for chance, repeat in zip(likely, repeats, strict=True)
        )

    def _decide(self, values: Mapping[str, float], sound: float) -> float:
        likely = self.match.probability(values) * sound
        return likely / (2 * self.threshold) if likely < self.threshold else 0.5 + likely / 2


class Rule(Model):
    """The weights with sentence vectors, and those without."""

    source: str
    semantic: Weights
    lexical: Weights


def read_rule(path: Path | None = None) -> Rule:
    """Return the shipped rule, or the one in the file."""
    path = path or Path(__file__).parent / "rule.json"
    return Rule.model_validate(json.loads(path.read_text(encoding="utf-8")))
