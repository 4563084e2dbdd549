"""Features -> met or not: a small logistic rule whose weights are made by a script.

`python -m training.fit_rule` writes the weights from the bank's anchors and the development set.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path

from interviewer.domain.base import Model


class Weights(Model):
    """One weight per feature, in the order of `features.NAMES`, and the intercept."""

    intercept: float
    weights: tuple[float, ...]

    def probability(self, values: Sequence[float]) -> float:
        """Return how likely the criterion is met, from 0 to 1."""
        z = self.intercept + sum(w * v for w, v in zip(self.weights, values, strict=False))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


class Rule(Model):
    """The weights with an embedding, and those without one."""

    source: str
    semantic: Weights
    lexical: Weights


def read_rule(path: Path | None = None) -> Rule:
    """Return the shipped rule, or the one in the file."""
    path = path or Path(__file__).parent / "rule.json"
    return Rule.model_validate(json.loads(path.read_text(encoding="utf-8")))
