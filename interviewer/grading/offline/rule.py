"""What was measured -> met or not: how well the criterion is matched, and how soundly is spoken.

Both are log odds from a few weighted features, and they are added. Matching is measured criterion
by criterion, and in one passage: what is found in several places of an answer does not add up.
Soundness is a mean over the question's criteria, because a single passage says little about it,
and because a liking for a way of writing must not choose between criteria. Criteria whose terms
were found count most in it, so that what is said beside the point moves it little. Soundness is
bounded by `reach`: a criterion that is matched well is met in a vague answer too, and one that is
not matched is not met in a polished one. The weights are made by `python -m training.fit_rule`.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from interviewer.domain.base import Model
from interviewer.grading.offline.comparison import Comparison, Table
from interviewer.grading.offline.reader import Reader
from interviewer.grading.offline.specificity import Specificity

UNFOUND = 0.1
"""Weight in soundness of a criterion none of whose terms was found, beside 1.1 where all were."""
REPEATED = 0.8
"""Share of an example's content words from which a passage says the same as the example."""
READ = 3
"""So many passages, those that match a criterion best, are read for false claims."""
SOUND = ("specific", "false")
"""Names of what soundness weighs."""


class Factor(Model):
    """Log odds over named features."""

    intercept: float
    weights: Mapping[str, float]


class Weights(Model):
    """The two factors, and the probability from which a criterion is met."""

    match: Factor
    soundness: Factor
    reach: float
    """Most log odds that soundness may add or take."""
    threshold: float

    def match_of(self, compared: Comparison) -> Table:
        """Return the log odds of every passage for every criterion, soundness left out.

        A passage with none of the criterion's words cannot be evidence: −inf.
        """
        tables = compared.tables
        odds = np.full(compared.share.shape, self.match.intercept)
        for name, weight in self.match.weights.items():
            odds = odds + weight * tables[name]
        return np.where(compared.found, odds, -math.inf)

    def lift(self, sound: Mapping[str, float]) -> float:
        """Return the log odds that the soundness of an answer adds to each criterion."""
        found = self.soundness.intercept
        found += sum(weight * sound[name] for name, weight in self.soundness.weights.items())
        return self.reach * math.tanh(found)

    def likely(self, match: float, lift: float, *, repeats: bool = False) -> float:
        """Return how likely a criterion is met; 0.5 is the threshold.

        What nearly repeats an example of meeting the criterion meets it, however the rest of
        the answer speaks.
        """
        if repeats:
            return 1.0
        likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, match + lift))))
        return likely / (2 * self.threshold) if likely < self.threshold else 0.5 + likely / 2


def soundness(
    compared: Comparison, match: Table, specificity: Specificity, reader: Reader | None
) -> Mapping[str, float]:
    """Return the means of `SOUND` over the criteria; nothing is false without a reader."""
    texts = compared.view.texts
    weights = UNFOUND + compared.share.max(axis=1)
    order = np.argsort(-match, axis=1, kind="stable")[:, :READ]
    specific = [specificity.of(texts[int(row[0])]) for row in order]
    false = [max(reader.falsity(texts[int(at)]) for at in row) if reader else 0.0 for row in order]
    return {
        "specific": float(np.average(specific, weights=weights)),
        "false": float(np.average(false, weights=weights)),
    }


class Rule(Model):
    """The weights with sentence vectors, and those without."""

    source: str
    semantic: Weights
    lexical: Weights


def read_rule(path: Path | None = None) -> Rule:
    """Return the shipped rule, or the one in the file."""
    path = path or Path(__file__).parent / "rule.json"
    return Rule.model_validate(json.loads(path.read_text(encoding="utf-8")))
