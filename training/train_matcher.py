# pyright: basic, reportMissingImports=false
"""Train the matcher: sentence vectors that lie near the criteria that a passage satisfies.

    python -m training.train_matcher --base FOLDER --out build/matcher.pt

The base model is fine-tuned as a bi-encoder, without the questions of the development set. A
batch holds two units: the criteria of one question beside passages that were labelled against all
of them. Which criterion a passage meets and which passage meets a criterion are learnt by
contrast (softmax over the others), and how near is near enough by a logistic loss. What differs
between met and unmet is then what is said and hardly how: every passage is compared with itself
under other criteria. A misconception is learnt in the same way, as a criterion that some claims
meet and others only come near. Word embeddings stay as they are. AdamW, linear decay; one core
takes half an hour.
"""

import argparse
import math
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, normalize, softplus

from interviewer.catalog.questions import read_bank
from interviewer.domain.question import Question
from interviewer.resources import rubrics
from training.data import (
    HELD_OUT,
    Claim,
    Passage,
    Row,
    read_claims,
    read_passages,
    read_rows,
    read_sheets,
)
from training.encoder import load_base

SEED = 20260102
LONGEST = 104
WARM_UP = 20
AWAY = 10
"""Passages about a third question that are added to each batch: they meet nothing in it."""
NEAR = 0.4
"""Weight of a passage that comes near its criterion, beside one that is about something else."""
ELSEWHERE = 0.5
"""The same of a passage about another question."""
CHUNK = 12
"""Texts that are read at once."""
MET, UNMET, CLOSE = 1.0, 0.0, -1.0


class Unit(NamedTuple):
    """Criteria of one question beside passages, with a label for every pair."""

    question: str
    criteria: list[str]
    passages: list[str]
    labels: list[list[float]]


class Matcher(nn.Module):
    """The encoder, and what turns a cosine into odds."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = load_base(base)
        for part in (self.encoder.words, self.encoder.places, self.encoder.kinds):
            part.requires_grad_(False)
        self.sharpness = nn.Parameter(torch.tensor(math.log(20.0)))
        self.slope = nn.Parameter(torch.tensor(math.log(9.0)))
        self.offset = nn.Parameter(torch.tensor(-4.0))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return a unit vector per text."""
        return normalize(self.encoder.pooled(input_ids, attention_mask), dim=-1)


def row_units(rows: Sequence[Row], rng: random.Random) -> list[Unit]:
    """Return five units a question: one met window of each criterion, and some unmet ones.

    Now and then another met window stands for the criterion's text, as an example does in a rubric.
    """
    met: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    unmet: dict[str, list[Row]] = defaultdict(list)
    text = {(r.question, r.criterion_id): r.criterion for r in rows}
    for row in rows:
        if row.met:
            met[row.question][row.criterion_id].append(row.window)
        else:
            unmet[row.question].append(row)
    units: list[Unit] = []
    for question, windows in met.items():
        ids = list(windows)
        shuffled = {c: rng.sample(own, len(own)) for c, own in windows.items()}
        misses = rng.sample(unmet[question], len(unmet[question]))
        for turn in range(min(map(len, shuffled.values()))):
            criteria = [
                shuffled[c][turn - 1] if rng.random() < 0.4 else text[question, c] for c in ids
            ]
            passages = [shuffled[c][turn] for c in ids]
            labels = [[MET if own == c else UNMET for c in ids] for own in ids]
            for miss in misses[4 * turn : 4 * turn + 4]:
                passages.append(miss.window)
                close = miss.kind != "other_point"
                labels.append([CLOSE if close and c == miss.criterion_id else UNMET for c in ids])
            units.append(Unit(question, criteria, passages, labels))
    return units


def sheet_units(folder: Path, rng: random.Random) -> list[Unit]:
    """Return units of a dozen passages of the matrix, and of sixteen of the twins."""
    units: list[Unit] = []
    for stem, size in (("matrix", 12), ("twins", 16)):
        for sheet in read_sheets(folder, stem):
            ids = list(sheet.criteria)
            for part in _parts(sheet.passages, size, rng):
                labels = [
                    [MET if c in p.met else CLOSE if c == p.about else UNMET for c in ids]
                    for p in part
                ]
                texts = list(sheet.criteria.values())
                units.append(Unit(sheet.question, texts, [p.text for p in part], labels))
    return units


def bank_units(
    bank: dict[str, Question], passages: Sequence[Passage], rng: random.Random
) -> list[Unit]:
    """Return units of sixteen passages against one of the three texts of each criterion."""
    by_question: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_question[passage.question].append(passage)
    units: list[Unit] = []
    for question, own in by_question.items():
        criteria = list(bank[question].rubric.criteria())
        for part in _parts(own, 16, rng):
            texts = [rng.choice((c.statement, c.met_example, c.to_add)) for c in criteria]
            labels = [[MET if c.id in p.met else UNMET for c in criteria] for p in part]
            units.append(Unit(question, texts, [p.text for p in part], labels))
    return units


def claim_units(
    bank: dict[str, Question], claims: Sequence[Claim], rng: random.Random
) -> list[Unit]:
    """Return a unit a question: its misconceptions, claims that assert them, and near ones."""
    by_question: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_question[claim.question].append(claim)
    units: list[Unit] = []
    for question, own in by_question.items():
        wrong = bank[question].misconceptions
        for part in _parts(own, 16, rng):
            texts = [rng.choice((m.statement, *m.examples)) for m in wrong]
            labels = [
                [(MET if c.asserts else CLOSE) if m.id == c.misconception else UNMET for m in wrong]
                for c in part
            ]
            units.append(Unit(question, texts, [c.words for c in part], labels))
    return units


def _parts(found: Sequence, size: int, rng: random.Random) -> list[list]:
    mixed = rng.sample(list(found), len(found))
    return [part for at in range(0, len(mixed), size) if len(part := mixed[at : at + size]) > 5]


class Plan:
    """Draws batches: two units of two questions, and passages about a third."""

    def __init__(self, data: Path, written: Path, rng: random.Random, omit: frozenset[str]) -> None:
        self._rng = rng
        self._data = data
        self._bank = {str(q.id): q for q in read_bank((rubrics(),))}
        self._rows = [r for r in read_rows(data) if r.question not in HELD_OUT]
        left = HELD_OUT | omit
        self._passages = [p for p in read_passages(written) if p.question not in left]
        self._claims = [c for c in read_claims(written) if c.question not in left]
        self._sound = [(r.question, r.window) for r in self._rows if r.met] + [
            (p.question, p.text) for p in self._passages if p.met
        ]
        self._left: list[Unit] = []

    def epoch(self) -> list[Unit]:
        """Return every unit once, those of the bank's own criteria twice, in random order."""
        rng = self._rng
        units = [*row_units(self._rows, rng), *sheet_units(self._data, rng)]
        for _ in range(2):
            units += bank_units(self._bank, self._passages, rng)
            units += claim_units(self._bank, self._claims, rng)
        units = [unit for unit in units if unit.question not in HELD_OUT]
        rng.shuffle(units)
        return units

    def draw(self) -> list[Unit]:
        """Return the units of the next batch; the last has passages only."""
        if len(self._left) < 2:
            self._left = self.epoch()
        one = self._left.pop()
        at = next((n for n, unit in enumerate(self._left) if unit.question != one.question), 0)
        two = self._left.pop(at)
        taken = {one.question, two.question}
        away = [text for question, text in self._rng.sample(self._sound, 3 * AWAY)
                if question not in taken][:AWAY]  # fmt: skip
        return [one, two, Unit("", [], away, [[] for _ in away])]


def loss(model: Matcher, tokenizer: Tokenizer, batch: Sequence[Unit]) -> torch.Tensor:
    """Return the contrast both ways and the logistic loss of a batch."""
    passages = [text for unit in batch for text in unit.passages]
    criteria = [text for unit in batch for text in unit.criteria]
    labels = torch.zeros(len(passages), len(criteria))
    known = torch.zeros(len(passages), len(criteria))
    row = column = 0
    for unit in batch:
        down, right = len(unit.passages), len(unit.criteria)
        if right:
            labels[row : row + down, column : column + right] = torch.tensor(unit.labels)
            known[row : row + down, column : column + right] = 1
        row, column = row + down, column + right
    cosines = _vectors(model, tokenizer, passages) @ _vectors(model, tokenizer, criteria).T
    met, close = (labels == MET).float(), (labels == CLOSE).float()
    unmet = (1 - met - close) * (known + ELSEWHERE * (1 - known))
    sharp = cosines * model.sharpness.exp()
    which_criterion = _contrast(sharp, met, unmet, 1)
    which_passage = _contrast(sharp, met, unmet + NEAR * close, 0)
    odds = cosines * model.slope.exp() + model.offset
    weight = met + 0.25 * unmet + 0.5 * NEAR * close
    near_enough = binary_cross_entropy_with_logits(odds, met, weight=weight, reduction="sum")
    return which_criterion + 0.5 * which_passage + near_enough / weight.sum()


def _vectors(model: Matcher, tokenizer: Tokenizer, texts: list[str]) -> torch.Tensor:
    """Return a vector per text; texts of like length are read together, so that few are padded."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    found: list[torch.Tensor] = []
    for at in range(0, len(order), CHUNK):
        encodings = tokenizer.encode_batch([texts[n] for n in order[at : at + CHUNK]])
        ids = torch.tensor([e.ids for e in encodings])
        found.append(model(ids, torch.tensor([e.attention_mask for e in encodings])))
    return torch.cat(found)[torch.tensor(order).argsort()]


def _contrast(
    scores: torch.Tensor, met: torch.Tensor, against: torch.Tensor, axis: int
) -> torch.Tensor:
    """Return the mean loss of telling each met pair from the unmet ones of its row or column."""
    rivals = torch.logsumexp(scores + torch.log(against + 1e-9), dim=axis, keepdim=True)
    return (softplus(rivals - scores) * met).sum() / met.sum().clamp(min=1)


def fit(model: Matcher, tokenizer: Tokenizer, plan: Plan, steps: int, rate: float) -> None:
    """Train in place."""
    own = [p for p in model.encoder.parameters() if p.requires_grad]
    scales = [model.sharpness, model.slope, model.offset]
    optimiser = torch.optim.AdamW(
        [
            {"params": own, "lr": rate, "weight_decay": 0.01},
            {"params": scales, "lr": 20 * rate, "weight_decay": 0.0},
        ]
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / WARM_UP, max(0.02, 1 - s / steps))
    )
    model.train()
    began, mean = time.time(), 4.0
    for step in range(steps):
        found = loss(model, tokenizer, plan.draw())
        optimiser.zero_grad(set_to_none=True)
        found.backward()
        torch.nn.utils.clip_grad_norm_(own, 1.0)
        optimiser.step()
        schedule.step()
        mean = 0.97 * mean + 0.03 * float(found.detach())
        if step % 20 == 0:
            print(f"{step}/{steps} loss {mean:.3f} {time.time() - began:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    here = Path(__file__).parent
    parser.add_argument("--data", type=Path, default=here / "rulings")
    parser.add_argument("--passages", type=Path, default=here / "passages")
    parser.add_argument("--omit", nargs="*", default=[], help="no passages of these questions")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    plan = Plan(options.data, options.passages, random.Random(SEED), frozenset(options.omit))
    model = Matcher(options.base)
    fit(model, tokenizer, plan, options.steps, options.rate)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.encoder.state_dict(), options.out)


if __name__ == "__main__":
    main()
