"""The distilled judge: reads a criterion's vector beside a window's vector.

A small network over the sentence vectors, trained by `training/head.py` on labelled rulings; it
knows nothing of the questions of the development set. It hears how a point is made better than
which point it is, so its word is one signal among others, taken in two parts: what it says of
this criterion over the question's others, and what it says of the window as such.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interviewer import resources

Matrix = NDArray[np.float32]


class Judge:
    """Says how far each window meets each criterion; loads its weights when first asked."""

    def __init__(self, weights: Path | None = None) -> None:
        self._file = weights or resources.artefact("judge/head.npz")
        self._weights: dict[str, Matrix] | None = None

    def table(self, criteria: Matrix, windows: Matrix) -> Matrix:
        """Return log odds of met, one row per criterion and one column per window."""
        w = self._load()
        u = criteria @ w["criterion_weight"].T
        v = windows @ w["window_weight"].T
        left, right = np.broadcast_arrays(u[:, None, :], v[None, :, :])
        cosine = 4 * (criteria @ windows.T)[:, :, None]
        x = np.concatenate([left, right, left * right, np.abs(left - right), cosine], axis=2)
        hidden = np.maximum(0, x @ w["hidden_weight"].T + w["hidden_bias"])
        return (hidden @ w["out_weight"].T + w["out_bias"])[:, :, 0]

    def _load(self) -> dict[str, Matrix]:
        if self._weights is None:
            with np.load(self._file, allow_pickle=False) as stored:
                self._weights = {name: stored[name].astype(np.float32) for name in stored.files}
        return self._weights
