# pyright: basic, reportMissingImports=false
"""Fit the rule on the development set and, more lightly, on the anchors of the whole bank.

    python -m training.fit_rule --out interviewer/grading/offline/rule.json

A criterion is met where matching and bounded soundness, added as log odds, pass a threshold (see
`rule.py`). Matching is measured in one passage, that which matches best: which one that is depends
on the weights, so both are found in turn. The development set knows levels of dimensions, not
verdicts: each criterion of a dimension is fitted to its level over two. Criteria whose dimension
differs from the rest of the answer weigh more, for they tell matching from liking. Figures are made
leaving one question out, threshold included; the shipped weights are fitted on all. No feature
knows the length of the answer.
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from interviewer.catalog.questions import read_bank
from interviewer.domain.question import Question
from interviewer.domain.scoring import level
from interviewer.grading.offline.comparison import LEXICAL, MATCH, Comparison
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.grading.offline.reader import Reader
from interviewer.grading.offline.rule import (
    REPEATED,
    SOUND,
    Factor,
    Rule,
    Weights,
    soundness,
)
from interviewer.grading.offline.specificity import read_specificity
from interviewer.resources import rubrics

DEV_SET = Path("tests/evaluation/dev_set")
SOUND_LEXICAL = SOUND[:1]
BASELINES: Mapping[str, tuple[str, ...]] = {
    "one logistic rule without soundness": MATCH,
    "alias groups only": ("share",),
    "rare words only (TF-IDF)": ("coverage",),
    "cosine only": ("likeness",),
}
"""Designs without soundness, fitted in the same way, to stand beside ours."""
START = Factor(intercept=0.0, weights={"share": 1.0, "coverage": 0.5, "likeness": 1.0})
"""What tells the best passage before any weights are known."""
ROUNDS = 3
"""So many times are passages chosen and weights fitted."""
REACH = 3.0
"""Log odds; from 2.5 to 3.5 agreement hardly changes, below it falls."""
WITHIN = 2.0
"""Extra weight per level that a dimension differs from its answer's mean."""
ANCHOR_WEIGHT = 0.3
"""Of one verdict of an anchor beside a dimension of the development set."""
RIDGE = 0.005
STEPS = 300
THRESHOLDS = tuple(np.arange(0.30, 0.72, 0.02))
SPECIFICITY = read_specificity()
READER = Reader()


@dataclass(frozen=True)
class Row:
    """One labelled answer: what was measured of it, and what its criteria should come to."""

    name: str
    profile: str
    question: Question
    compared: Comparison
    wanted: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    weight: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    levels: tuple[float, ...] = ()
    """The labellers' mean level of each dimension; empty where only verdicts are known."""
    overall: float = float("nan")
    asserted: frozenset[str] = frozenset()

    @cached_property
    def repeats(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        return self.compared.repeats.max(axis=1) >= REPEATED

    def match(self, weights: Weights) -> "np.ndarray":
        """Return the log odds of each passage for each criterion, with and without its words."""
        odds = weights.match_of(self.compared)
        plain = sum(w * self.compared.tables[name] for name, w in weights.match.weights.items())
        return np.where(np.isfinite(odds).any(axis=1, keepdims=True), odds, plain)

    def sound(self, weights: Weights, *, lexical: bool) -> dict[str, float]:
        return dict(
            soundness(self.compared, self.match(weights), SPECIFICITY, None if lexical else READER)
        )


def read_dev(grader: OfflineGrader, bank: dict[str, Question], folder: Path) -> list[Row]:
    labels = {r["id"]: r for r in _lines(folder / "labels.jsonl")}
    return [
        _dev_row(grader, bank[r["question_id"]], r, labels[r["id"]])
        for r in _lines(folder / "answers.jsonl")
    ]


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _dev_row(grader: OfflineGrader, question: Question, answer: dict, label: dict) -> Row:
    one, two = label["labeller_1"], label["labeller_2"]
    means = {d.id: (one["levels"][d.id] + two["levels"][d.id]) / 2 for d in question.dimensions}
    wanted = np.array([means[d.id] / 2 for d in question.dimensions for _ in d.criteria])
    weight = np.array([2 / len(d.criteria) for d in question.dimensions for _ in d.criteria])
    weight = weight * (1 + WITHIN * np.abs(wanted - np.average(wanted, weights=weight)))
    return Row(
        answer["id"],
        label["profile"],
        question,
        grader.compared(question, answer["answer"]),
        wanted,
        weight,
        tuple(means.values()),
        5 * (one["overall"] + two["overall"]),
        _asserted(grader, question, answer["answer"]),
    )


def read_anchors(grader: OfflineGrader, bank: dict[str, Question]) -> list[Row]:
    rows: list[Row] = []
    for question in bank.values():
        criteria = list(question.rubric.criteria())
        for anchor in question.anchors:
            wanted = np.array([float(anchor.verdicts.get(c.id) == "met") for c in criteria])
            rows.append(
                Row(
                    anchor.name,
                    "anchor",
                    question,
                    grader.compared(question, anchor.answer),
                    wanted,
                    np.full(len(wanted), ANCHOR_WEIGHT),
                )
            )
    return rows


def _asserted(grader: OfflineGrader, question: Question, answer: str) -> frozenset[str]:
    ruled = grader.judge(question, answer)
    return frozenset(m.misconception_id for m in ruled.misconceptions if m.evidence)


def sigmoid(z: "np.ndarray") -> "np.ndarray":
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def fit(rows: Sequence[Row], match: Sequence[str], sound: Sequence[str]) -> Weights:
    """Choose the best passages and fit both factors, in turn."""
    rows = [row for row in rows if row.compared.view.passages]
    weights = Weights(
        match=Factor(intercept=0.0, weights={name: START.weights[name] for name in match}),
        soundness=Factor(intercept=0.0, weights={}),
        reach=REACH,
        threshold=0.5,
    )
    for _ in range(ROUNDS):
        weights = _fitted(rows, weights, match, sound)
    return weights


def _fitted(
    rows: Sequence[Row], before: Weights, match: Sequence[str], sound: Sequence[str]
) -> Weights:
    """Fit both factors together by Adam on the weighted log loss, in the passages chosen before."""
    m = np.concatenate([_at_best(row, before, match) for row in rows])
    s = np.concatenate([_lifting(row, before, match, sound) for row in rows])
    y = np.concatenate([r.wanted for r in rows])
    w = np.concatenate([r.weight for r in rows])
    m_mean, m_std, s_mean, s_std = m.mean(0), m.std(0) + 1e-6, s.mean(0), s.std(0) + 1e-6
    m, s = (m - m_mean) / m_std, (s - s_mean) / s_std
    k = m.shape[1]
    theta = np.full(k + s.shape[1] + 2, 0.3)
    first, second = np.zeros_like(theta), np.zeros_like(theta)
    free = np.ones_like(theta)
    free[[k, -1]] = 0
    for step in range(1, STEPS + 1):
        lift = np.tanh(s @ theta[k + 1 : -1] + theta[-1])
        p = sigmoid(m @ theta[:k] + theta[k] + REACH * lift)
        da = w * (p - y) / w.sum()
        db = da * REACH * (1 - lift**2)
        slope = np.concatenate([m.T @ da, [da.sum()], s.T @ db, [db.sum()]]) + RIDGE * theta * free
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        theta = theta - 0.05 * (first / (1 - 0.9**step)) / (
            np.sqrt(second / (1 - 0.99**step)) + 1e-8
        )
    return Weights(
        match=_factor(match, theta[:k] / m_std, theta[k] - theta[:k] @ (m_mean / m_std)),
        soundness=_factor(
            sound, theta[k + 1 : -1] / s_std, theta[-1] - theta[k + 1 : -1] @ (s_mean / s_std)
        ),
        reach=REACH,
        threshold=0.5,
    )


def _at_best(row: Row, weights: Weights, match: Sequence[str]) -> "np.ndarray":
    """Return the features of each criterion in its best passage."""
    best = row.match(weights).argmax(axis=1)
    criteria = np.arange(len(best))
    return np.stack([row.compared.tables[name][criteria, best] for name in match], axis=1)


def _lifting(
    row: Row, weights: Weights, match: Sequence[str], sound: Sequence[str]
) -> "np.ndarray":
    """Return the soundness of the answer, once for each criterion."""
    found = row.sound(weights, lexical="likeness" not in match) if sound else {}
    values = np.array([found[name] for name in sound])
    return np.repeat(values[None], len(row.wanted), axis=0)


def _factor(names: Sequence[str], weights: "np.ndarray", intercept: float) -> Factor:
    rounded = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    return Factor(intercept=round(float(intercept), 4), weights=rounded)


def chances(row: Row, weights: Weights) -> "np.ndarray":
    """Return how likely each criterion is met, before the threshold."""
    if not row.compared.view.passages:
        return np.zeros(len(row.wanted))
    best = weights.match_of(row.compared).max(axis=1)
    lexical = "likeness" not in weights.match.weights
    lift = weights.lift(row.sound(weights, lexical=lexical)) if weights.soundness.weights else 0.0
    found = np.where(np.isfinite(best), sigmoid(best + lift), 0.0)
    return np.where(row.repeats & np.isfinite(best), 1.0, found)


def fractions(row: Row, met: "np.ndarray") -> list[float]:
    """Return the fraction of each dimension, misconceptions taken off."""
    flags = iter(met)
    found: list[float] = []
    for dimension in row.question.dimensions:
        points = sum(c.points * bool(next(flags)) for c in dimension.criteria)
        points -= sum(
            m.points for m in row.question.misconceptions_of(dimension) if m.id in row.asserted
        )
        found.append(max(0.0, points) / dimension.points)
    return found


Met = Callable[[Row], "np.ndarray"]


def by(weights: Callable[[Row], Weights]) -> Met:
    """Return what tells which criteria are met, by the weights of each row."""
    return lambda row: chances(row, weights(row)) >= weights(row).threshold


def agreement(rows: Sequence[Row], met: Met) -> dict[str, float]:
    """Return QWK over levels, r of the totals, r within an answer, and the mean error."""
    true, said, inner_true, inner_said, totals = [], [], [], [], []
    for row in rows:
        got = np.array(fractions(row, met(row)))
        means = np.array(row.levels)
        true += [int(np.floor(x + 0.5)) for x in means]
        said += [level(x) for x in got]
        inner_true += list(means / 2 - (means / 2).mean())
        inner_said += list(got - got.mean())
        share = np.array([d.weight for d in row.question.dimensions])
        totals.append((100 * got @ share / share.sum(), row.overall))
    score, overall = np.array(totals).T
    return {
        "QWK": kappa(np.array(true), np.array(said)),
        "r": float(np.corrcoef(score, overall)[0, 1]),
        "r within": float(np.corrcoef(inner_true, inner_said)[0, 1]),
        "MAE": float(np.abs(score - overall).mean()),
    }


def kappa(true: "np.ndarray", said: "np.ndarray") -> float:
    """Quadratically weighted kappa of the levels 0, 1 and 2."""
    table = np.zeros((3, 3))
    np.add.at(table, (true, said), 1)
    cost = np.subtract.outer(np.arange(3), np.arange(3)) ** 2
    chance = np.outer(table.sum(1), table.sum(0)) / table.sum()
    return float(1 - (cost * table).sum() / (cost * chance).sum())


def tuned(rows: Sequence[Row], weights: Weights) -> Weights:
    """Return the weights with the threshold that agrees best on these rows."""
    known = {id(row): chances(row, weights) for row in rows}
    tried = {
        threshold: _worth(agreement(rows, lambda row, t=threshold: known[id(row)] >= t))
        for threshold in THRESHOLDS
    }
    best = max(tried, key=lambda threshold: tried[threshold])
    return weights.model_copy(update={"threshold": round(float(best), 2)})


def _worth(found: dict[str, float]) -> float:
    return found["QWK"] + 0.5 * found["r"] + 0.3 * found["r within"]


def left_out(
    dev: Sequence[Row], anchors: Sequence[Row], match: Sequence[str], sound: Sequence[str]
) -> dict[str, Weights]:
    """Return weights by question, fitted without that question's answers and anchors."""
    made: dict[str, Weights] = {}
    for held in dict.fromkeys(row.question.id for row in dev):
        rest = [row for row in dev if row.question.id != held]
        more = [row for row in anchors if row.question.id != held]
        made[held] = tuned(rest, fit([*rest, *more], match, sound))
    return made


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dev-set", type=Path, default=DEV_SET)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("/tmp/interviewer-vectors"))
    parser.add_argument("--left-out", type=Path, default=DEV_SET / "left_out.json")
    options = parser.parse_args()
    bank = {str(q.id): q for q in read_bank((rubrics(),))}
    grader = OfflineGrader(Embedding(), options.cache)
    dev = read_dev(grader, bank, options.dev_set)
    anchors = read_anchors(grader, bank)
    write(dev, anchors, options.out, options.left_out)
    write_baselines(dev, anchors, options.left_out.with_name("baselines.json"))


def write_baselines(dev: Sequence[Row], anchors: Sequence[Row], out: Path) -> None:
    """Write the agreement of the baselines, each question left out."""
    record: dict[str, dict[str, float]] = {}
    for name, match in BASELINES.items():
        each = left_out(dev, anchors, match, ())
        found = agreement(dev, by(lambda row, each=each: each[row.question.id]))
        record[name] = {k: round(v, 4) for k, v in found.items()}
    out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def write(dev: Sequence[Row], anchors: Sequence[Row], out: Path, left_out_file: Path) -> None:
    """Write the shipped rule, and the weights and the agreement of each question left out."""
    made: dict[str, Weights] = {}
    record: dict[str, object] = {}
    for name, match, sound in (
        ("semantic", MATCH, SOUND),
        ("lexical", LEXICAL, SOUND_LEXICAL),
    ):
        each = left_out(dev, anchors, match, sound)
        found = agreement(dev, by(lambda row, each=each: each[row.question.id]))
        low, high = interval(dev, each)
        print(name, {k: round(v, 3) for k, v in found.items()}, f"QWK 95 % {low:.3f} to {high:.3f}")
        made[name] = tuned(dev, fit([*dev, *anchors], match, sound))
        record[name] = {
            "weights": {question: w.model_dump() for question, w in each.items()},
            "agreement": {k: round(v, 4) for k, v in found.items()},
            "qwk_interval": [round(low, 4), round(high, 4)],
        }
    rule = Rule(source="training/fit_rule.py", semantic=made["semantic"], lexical=made["lexical"])
    out.write_text(rule.model_dump_json(indent=2) + "\n", encoding="utf-8")
    left_out_file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def interval(dev: Sequence[Row], each: dict[str, Weights]) -> tuple[float, float]:
    """Return the 95 % interval of QWK over 1,000 draws of answers."""
    rng = np.random.default_rng(20260101)
    met = by(lambda row: each[row.question.id])
    levels = [
        (
            [int(np.floor(x + 0.5)) for x in row.levels],
            [level(x) for x in fractions(row, met(row))],
        )
        for row in dev
    ]
    drawn: list[float] = []
    for _ in range(1000):
        chosen = [levels[n] for n in rng.integers(0, len(levels), len(levels))]
        true = np.array([x for t, _ in chosen for x in t])
        said = np.array([x for _, s in chosen for x in s])
        drawn.append(kappa(true, said))
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


if __name__ == "__main__":
    main()
