"""How specifically a window speaks: figures, conditions and consequences against vague promises.

The weights are fitted by `training/specificity.py` over words that no topic owns. This sees no
criterion: it is one signal beside those that say which point is made.
"""

import json
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from interviewer.domain.base import Model
from interviewer.grading.folding import fold

_MARK = re.compile(r"[^\W\d_]+(?:'[^\W\d_]{1,2}\b)?|\d+|[<>=%]")


class Specificity(Model):
    """Weights of words, in log odds; unknown words weigh nothing."""

    intercept: float
    words: Mapping[str, float]

    def of(self, text: str) -> float:
        """Return the log odds that a statement is specific, whatever it is about."""
        found = marks(text)
        if not found:
            return self.intercept
        total = sum(self.words.get(mark, 0.0) for mark in found)
        return self.intercept + total / math.sqrt(len(found))


@lru_cache(maxsize=8_192)
def marks(text: str) -> frozenset[str]:
    """Return the distinct words and signs of a text; all figures are one mark."""
    return frozenset(
        "#" if match.group().isdigit() else match.group()
        for match in _MARK.finditer(fold(text).text)
    )


def read_specificity(path: Path | None = None) -> Specificity:
    """Return the shipped weights, or those in the file."""
    path = path or Path(__file__).parent / "specificity.json"
    return Specificity.model_validate(json.loads(path.read_text(encoding="utf-8")))
