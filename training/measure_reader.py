"""Print how well the reader hears what it was trained for, on questions that it never saw.

python -m training.measure_reader
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from interviewer.grading.offline.reader import Reader
from training.data import CONTRADICTING, HELD_OUT, read_rows, read_sheets


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return how often a labelled one scores above one that is not."""
    hit = np.array(labels)
    ranks = np.array(scores).argsort().argsort() + 1
    n = int(hit.sum())
    return float((ranks[hit].sum() - n * (n + 1) / 2) / (n * (len(hit) - n)))


def main() -> None:
    """Read the held-out rulings and print a line per figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "rulings")
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    reader = Reader(options.model)
    rows = [r for r in read_rows(options.data) if r.question in HELD_OUT]
    wrong = [r.kind in CONTRADICTING for r in rows]
    false = [reader.falsity(r.window) for r in rows]
    print(f"false or dismissive, AUC (n = {sum(wrong)} of {len(rows)}): {auc(false, wrong):.3f}")
    for kind in sorted({r.kind for r in rows}):
        own = [f for r, f in zip(rows, false, strict=True) if r.kind == kind]
        print(f"  {kind}: {np.mean([f > 0.5 for f in own]):.0%} heard as false (n = {len(own)})")
    twins: list[tuple[float, bool]] = []
    for sheet in read_sheets(options.data, "twins"):
        for passage in sheet.passages if sheet.question in HELD_OUT else ():
            if passage.variant == "false_twin" or passage.about in passage.met:
                twins.append((reader.falsity(passage.text), passage.variant == "false_twin"))
    print(f"one fact flipped, AUC (n = {len(twins)}): {auc(*zip(*twins, strict=True)):.3f}")


if __name__ == "__main__":
    main()
