# pyright: basic
"""Fit when a passage is taken to assert a misconception.

    python -m training.fit_claims --out interviewer/grading/offline/misconceptions.json

A logistic rule over the claims about the eight questions of the development set
(`training/passages/`), which neither matcher nor reader has seen: their own misconception asserted
or not, every other one not, and the windows of their passages none. Newton's method with a small
ridge. The odds from which a passage counts are set so that one sound answer of forty has a false
alarm (`python -m training.planting`).
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from interviewer.catalog.questions import read_bank
from interviewer.domain.question import Question
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.guards import warns
from interviewer.grading.offline.misconceptions import Hearing, measure
from interviewer.grading.offline.passages import AnswerView
from interviewer.grading.offline.reader import Reader
from interviewer.grading.offline.rubric_index import QuestionIndex, rubric_vectors
from interviewer.grading.segments import split
from interviewer.resources import rubrics
from training.data import HELD_OUT, read_claims, read_passages

OTHER, PASSAGE = 0.3, 0.1
"""Weights of a claim beside another misconception, and of a passage's window."""
RIDGE = 0.5
LEAST = 1.0
SOUND = frozenset({"strong", "plain", "terse", "messy", "partial"})
Example = tuple[list[float], float, float]


class Reading:
    """Measures words beside the misconceptions of a question."""

    def __init__(self) -> None:
        self._embedding = Embedding()
        self._reader = Reader()

    def of(self, question: Question, words: str) -> Iterator[tuple[str, list[float]]]:
        """Yield (misconception, features) for every window of the words."""
        index = QuestionIndex(question)
        view = AnswerView(split(words))
        vectors = {
            **rubric_vectors(index, self._embedding, Path("/tmp/interviewer-vectors")),
            **view.vectors(self._embedding),
        }
        for text in view.texts:
            if warns(text):
                continue
            falsity = self._reader.falsity(text)
            for wrong in question.misconceptions:
                found = measure(wrong, index.right_ways, text, vectors)
                values = [found.best, found.mean, found.right, float(found.turned), falsity]
                yield str(wrong.id), values


def examples(folder: Path) -> Iterator[Example]:
    bank = {str(q.id): q for q in read_bank((rubrics(),))}
    reading = Reading()
    for claim in read_claims(folder):
        if claim.question in HELD_OUT:
            for name, values in reading.of(bank[claim.question], claim.words):
                own = name == claim.misconception
                yield values, float(own and claim.asserts), 1.0 if own else OTHER
    for passage in read_passages(folder):
        if passage.question in HELD_OUT and passage.style in SOUND:
            for _, values in reading.of(bank[passage.question], passage.text):
                yield values, 0.0, PASSAGE


def fit(found: list[Example]) -> Hearing:
    """Return the weights of the logistic rule."""
    x = np.array([values for values, _, _ in found])
    y, w = np.array([[wanted, weight] for _, wanted, weight in found]).T
    mean, std = x.mean(0), x.std(0) + 1e-6
    x = np.column_stack([(x - mean) / std, np.ones(len(x))])
    theta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ theta))
        slope = x.T @ (w * (p - y)) + RIDGE * np.append(theta[:-1], 0)
        curve = (x * (w * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(theta))
        theta -= np.linalg.solve(curve, slope)
    own = theta[:-1] / std
    best, average, right, turned, false = (round(float(v), 3) for v in own)
    return Hearing(
        intercept=round(float(theta[-1] - own @ mean), 3),
        best=best,
        mean=average,
        right=right,
        turned=turned,
        false=false,
        least=LEAST,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=Path, default=Path(__file__).parent / "passages")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    hearing = fit(list(examples(options.passages)))
    options.out.write_text(hearing.model_dump_json(indent=2) + "\n", encoding="utf-8")
    print(hearing)


if __name__ == "__main__":
    main()
