# pyright: basic, reportMissingImports=false
"""Train the judge's head: (criterion vector, window vector) -> log odds of met.

The sentence vectors are those of the shipped MiniLM and stay as they are, so a run takes two
minutes on one core once the vectors are there (`--vectors` keeps them), and judging costs
nothing beside embedding. Loss: weighted cross-entropy, plus a pairwise loss within each passage,
which liking or disliking a passage as a whole cannot lower.
"""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, softplus

from interviewer.grading.offline.embedding import Embedding
from training.data import HELD_OUT, Row, Sheet, read_rows, read_sheets, row_groups

SEED = 20260101
WIDTH, HIDDEN = 128, 96
Score = Callable[[Sequence[str], Sequence[str]], "np.ndarray[tuple[int], np.dtype[np.float32]]"]


class Head(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.criterion = nn.Linear(384, WIDTH, bias=False)
        self.window = nn.Linear(384, WIDTH, bias=False)
        self.hidden = nn.Linear(4 * WIDTH + 1, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.dropout = nn.Dropout(0.3)

    def forward(self, criterion: torch.Tensor, window: torch.Tensor) -> torch.Tensor:
        u, v = self.criterion(criterion), self.window(window)
        cosine = 4 * (criterion * window).sum(-1, keepdim=True)
        x = self.dropout(torch.cat([u, v, u * v, (u - v).abs(), cosine], -1))
        return self.out(self.dropout(torch.relu(self.hidden(x))))[:, 0]


class Vectors:
    """The sentence vectors of all texts, kept in a file between runs."""

    def __init__(self, texts: set[str], file: Path) -> None:
        names = file.with_suffix(".json")
        if not file.is_file():
            listed = sorted(texts)
            np.save(file, np.stack(Embedding().embed(listed)))
            names.write_text(json.dumps(listed), encoding="utf-8")
        self._rows = torch.tensor(np.load(file))
        self._places = {t: n for n, t in enumerate(json.loads(names.read_text(encoding="utf-8")))}

    def of(self, texts: Sequence[str]) -> torch.Tensor:
        return self._rows[[self._places[text] for text in texts]]


def make_groups(
    rows: list[Row], sheets: list[Sheet], rng: random.Random
) -> list[list[tuple[str, str, int, float]]]:
    """Return (criterion, passage, met, weight) by passage; dull unmet ones weigh little."""
    groups = [
        [(p.criterion, g.passage, p.label, p.weight) for p in g.pairs]
        for g in row_groups(rows, rng)
    ]
    for sheet in sheets:
        for passage in sheet.passages:
            tells = bool(passage.met) or bool(passage.variant) or passage.style == "partial"
            groups.append(
                [
                    (
                        text,
                        passage.text,
                        int(cid in passage.met),
                        1.0
                        if cid in passage.met
                        else (0.5 if cid == passage.about else 0.12) * (1 if tells else 0.5),
                    )
                    for cid, text in sheet.criteria.items()
                ]
            )
    return groups


def train(vectors: Vectors, rows: list[Row], sheets: list[Sheet], rank: float, epochs: int) -> Head:
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    groups = make_groups(rows, sheets, rng)
    head = Head().train()
    optimiser = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    for _ in range(epochs):
        rng.shuffle(groups)
        for at in range(0, len(groups), 64):
            batch = groups[at : at + 64]
            pairs = [pair for group in batch for pair in group]
            group = torch.tensor([n for n, each in enumerate(batch) for _ in each])
            met = torch.tensor([float(pair[2]) for pair in pairs])
            weight = torch.tensor([pair[3] for pair in pairs])
            said = head(vectors.of([p[0] for p in pairs]), vectors.of([p[1] for p in pairs]))
            point = binary_cross_entropy_with_logits(said, met, reduction="none") * weight
            loss = point.sum() / weight.sum()
            wins = (group[:, None] == group[None]) & (met[:, None] > met[None])
            if rank and wins.any():
                loss = loss + rank * softplus(1 - (said[:, None] - said[None])[wins]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return head.eval()


def auc(scores: ArrayLike, labels: ArrayLike) -> float:
    values, met = np.asarray(scores), np.asarray(labels, dtype=bool)
    ranks = values.argsort().argsort() + 1
    n = met.sum()
    return float((ranks[met].sum() - n * (n + 1) / 2) / (n * (~met).sum()))


def measure(score: Score, rows: list[Row], sheets: list[Sheet]) -> dict[str, float]:
    """Return the shipping conditions of a judge on questions that it was not trained on."""
    rng = random.Random(SEED)
    criteria = {q: sorted({r.criterion for r in rows if r.question == q})
                for q in {r.question for r in rows}}  # fmt: skip
    own = score([r.criterion for r in rows], [r.window for r in rows])
    others = [rng.choice([c for c in criteria[r.question] if c != r.criterion]) for r in rows]
    other = score(others, [r.window for r in rows])
    met = np.array([r.met for r in rows])
    within: list[float] = []
    twins: list[tuple[float, bool]] = []
    for sheet in sheets:
        texts = list(sheet.criteria.values())
        for passage in sheet.passages:
            said = score(texts, [passage.text] * len(texts))
            hit = np.array([cid in passage.met for cid in sheet.criteria])
            if passage.variant:
                at = list(sheet.criteria).index(passage.about)
                twins.append((float(said[at]), bool(hit[at])))
            elif hit.any():
                within.append(float((said[hit][:, None] > said[~hit][None]).mean()))
    return {
        "pair AUC": auc(own, met),
        "random-criterion AUC (≤ .65)": auc(other, met),
        "own over other (≥ .92)": float((own[met] > other[met]).mean()),
        "within a passage (≥ .90)": float(np.mean(within)),
        "true against false or thin twin, AUC": auc(*zip(*twins, strict=True)),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "rulings")
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rank", type=float, default=0.3)
    parser.add_argument("--epochs", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(1)
    rows = read_rows(options.data)
    sheets = [s for stem in ("matrix", "twins") for s in read_sheets(options.data, stem)]
    texts = {t for r in rows for t in (r.criterion, r.window)}
    texts |= {t for s in sheets for t in [*s.criteria.values(), *(p.text for p in s.passages)]}
    vectors = Vectors(texts, options.vectors)
    head = train(
        vectors,
        [r for r in rows if r.question not in HELD_OUT],
        [s for s in sheets if s.question not in HELD_OUT],
        options.rank,
        options.epochs,
    )

    def score(
        criteria: Sequence[str], windows: Sequence[str]
    ) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        with torch.no_grad():
            return head(vectors.of(criteria), vectors.of(windows)).numpy()

    held_rows = [r for r in rows if r.question in HELD_OUT]
    held_sheets = [s for s in sheets if s.question in HELD_OUT]
    for name, value in measure(score, held_rows, held_sheets).items():
        print(f"{name}: {value:.3f}")
    arrays = {
        k.replace(".", "_"): v.numpy().astype(np.float16) for k, v in head.state_dict().items()
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(options.out, **arrays)


if __name__ == "__main__":
    main()
