# pyright: basic
"""Print how well the matcher tells criteria apart, on questions that it never saw.

    python -m training.measure_matcher

These are the conditions under which a judge may choose between criteria; `--model` measures the
sentence vectors of another model.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from interviewer.grading.offline.embedding import Embedding
from training.data import HELD_OUT, Row, Sheet, read_rows, read_sheets
from training.measure_reader import auc

SEED = 20260101


class Likeness:
    """Cosines of texts, each embedded once."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding

    def of(self, criteria: Sequence[str], passages: Sequence[str]) -> "np.ndarray":
        """Return one row per passage and one column per criterion."""
        left = np.stack(self._embedding.embed(passages))
        return left @ np.stack(self._embedding.embed(criteria)).T


def windows(rows: Sequence[Row], likeness: Likeness) -> Iterator[str]:
    """Yield the figures over windows that were labelled for one criterion each."""
    rng = random.Random(SEED)
    by_question: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_question[row.question].append(row)
    above: list[bool] = []
    drawn: list[tuple[float, bool]] = []
    for own in by_question.values():
        criteria = dict(sorted((r.criterion_id, r.criterion) for r in own))
        table = likeness.of(list(criteria.values()), [r.window for r in own])
        for row, cosines in zip(own, table, strict=True):
            place = list(criteria).index(row.criterion_id)
            others = np.delete(cosines, place)
            drawn.append((float(rng.choice(list(others))), row.met))
            if row.met:
                above += list(cosines[place] > others)
    yield f"label told by a random criterion, AUC (n = {len(drawn)}): {_auc(drawn):.3f}"
    yield f"own criterion over another one (n = {len(above)}): {np.mean(above):.3f}"


def passages(sheets: Sequence[Sheet], likeness: Likeness) -> float:
    """Return the mean AUC of met over unmet criteria within a passage."""
    found: list[float] = []
    for sheet in sheets:
        table = likeness.of(list(sheet.criteria.values()), [p.text for p in sheet.passages])
        for passage, cosines in zip(sheet.passages, table, strict=True):
            met = [criterion in passage.met for criterion in sheet.criteria]
            if any(met) and not all(met):
                found.append(auc(list(map(float, cosines)), met))
    return float(np.mean(found))


def twins(sheets: Sequence[Sheet], likeness: Likeness, variant: str) -> float:
    """Return the AUC of true passages over those with a fact flipped, or with the how missing."""
    found: list[tuple[float, bool]] = []
    for sheet in sheets:
        ids = list(sheet.criteria)
        table = likeness.of(list(sheet.criteria.values()), [p.text for p in sheet.passages])
        for passage, cosines in zip(sheet.passages, table, strict=True):
            true = passage.about in passage.met
            if passage.about in ids and (true or passage.variant == variant):
                found.append((float(cosines[ids.index(passage.about)]), true))
    return _auc(found)


def _auc(found: Sequence[tuple[float, bool]]) -> float:
    return auc(*zip(*found, strict=True))


def main() -> None:
    """Read the held-out rulings and print a line per condition."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "rulings")
    parser.add_argument("--model", type=Path, help="the ONNX file of another one")
    options = parser.parse_args()
    likeness = Likeness(Embedding(options.model))
    for line in windows([r for r in read_rows(options.data) if r.question in HELD_OUT], likeness):
        print(line)
    held = {
        stem: [s for s in read_sheets(options.data, stem) if s.question in HELD_OUT]
        for stem in ("matrix", "twins")
    }
    within = passages(held["matrix"], likeness)
    print(f"met criterion over an unmet one within a passage: {within:.3f}")
    for variant in ("false_twin", "thin"):
        print(f"true passage over its {variant}: {twins(held['twins'], likeness, variant):.3f}")


if __name__ == "__main__":
    main()
