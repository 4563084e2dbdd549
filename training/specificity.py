# pyright: basic, reportMissingImports=false
"""Fit the words that tell specific statements from vague, hedged, dismissive or name-dropping ones.

A logistic rule over words that occur with many questions, so that no topic's terms count; fitted
on the labelled windows of `training/rulings/` without the development set's questions. It sees
the window only, never the criterion: it says how a point is made, not which.
"""

import argparse
import json
import math
from collections import defaultdict
from pathlib import Path

import numpy as np

from interviewer.grading.offline.specificity import marks
from training.data import HELD_OUT, read_rows, read_sheets

LEAST_QUESTIONS = 14
"""A word must occur with so many questions to count; there are 32 to fit on."""
RIDGE = 6.0


def examples(folder: Path) -> list[tuple[str, str, bool, float]]:
    """Return (question, window, specific, weight)."""
    rows = [(r.question, r.window, r.met, 1.0) for r in read_rows(folder)]
    for stem in ("matrix", "twins"):
        for sheet in read_sheets(folder, stem):
            rows += [(p.question, p.text, bool(p.met), 0.7) for p in sheet.passages]
    return rows


def design(
    texts: list[frozenset[str]], places: dict[str, int]
) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    table = np.zeros((len(texts), len(places) + 1))
    table[:, -1] = 1.0
    for row, found in enumerate(texts):
        for word in found & places.keys():
            table[row, places[word]] = 1.0 / math.sqrt(len(found))
    return table


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "rulings")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = examples(options.data)
    fitted = [r for r in rows if r[0] not in HELD_OUT]
    seen: dict[str, set[str]] = defaultdict(set)
    for question, text, _, _ in fitted:
        for word in marks(text):
            seen[word].add(question)
    words = sorted(w for w, questions in seen.items() if len(questions) >= LEAST_QUESTIONS)
    places = {word: n for n, word in enumerate(words)}
    x = design([marks(r[1]) for r in fitted], places)
    y = np.array([float(r[2]) for r in fitted])
    weight = np.array([r[3] for r in fitted])
    beta = np.zeros(x.shape[1])
    ridge = np.eye(len(beta)) * RIDGE
    ridge[-1, -1] = 0.0
    for _ in range(12):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weight * (p - y)) + ridge @ beta
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge
        beta -= np.linalg.solve(hessian, gradient)
    held = [r for r in rows if r[0] in HELD_OUT]
    scores = design([marks(r[1]) for r in held], places) @ beta
    truth = np.array([r[2] for r in held])
    ranks = scores.argsort().argsort() + 1
    met = truth.sum()
    auc = (ranks[truth].sum() - met * (met + 1) / 2) / (met * (~truth).sum())
    print(f"{len(words)} words, AUC on the questions left out {auc:.3f} (n = {len(held)})")
    found = {w: round(float(b), 3) for w, b in zip(words, beta, strict=False) if abs(b) >= 0.05}
    text = json.dumps({"intercept": round(float(beta[-1]), 3), "words": found}, indent=0)
    options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
