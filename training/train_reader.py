# pyright: basic, reportMissingImports=false
"""Train the reader: does a passage make a sound point, none, or a false one?

    python -m training.train_reader --base FOLDER --out build/reader.pt

The base model (`FOLDER` holds its config.json, model.safetensors and tokenizer.json) is
fine-tuned on the passages of the labelled rulings and of `passages/`, and on the claims there,
without the questions of the development set. The reader never sees a criterion: trained on pairs it
learned to ignore it anyway (see docs/offline-grader.md). Cross-entropy over three classes, AdamW,
linear decay; one core takes half an hour.
"""

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

from interviewer.grading.segments import split, windows
from training.data import (
    CONTRADICTING,
    HELD_OUT,
    Passage,
    read_claims,
    read_passages,
    read_rows,
    read_sheets,
)
from training.encoder import CONTRADICTED, MET, UNSUPPORTED, Encoder, load_base

SEED = 20260101
LONGEST = 128
BATCH = 32
WARM_UP = 30
STYLES = {"wrong": CONTRADICTED, "dismissal": CONTRADICTED, "empty": UNSUPPORTED}
STYLES |= dict.fromkeys(("strong", "partial", "plain", "terse", "messy", "off_point"), MET)


class Example(NamedTuple):
    text: str
    target: int
    weight: float


def examples(folder: Path, written: Path, rng: random.Random) -> list[Example]:
    """Return what to learn from, the questions of the development set left out."""
    found = [*_of_rulings(folder), *_of_passages(written, rng), *_of_claims(written)]
    return [example for question, example in found if question not in HELD_OUT]


def _of_rulings(folder: Path) -> Iterator[tuple[str, Example]]:
    for row in read_rows(folder):
        target = MET if row.met else CONTRADICTED if row.kind in CONTRADICTING else UNSUPPORTED
        yield row.question, Example(row.window, target, 1.0)
    for stem in ("matrix", "twins"):
        for sheet in read_sheets(folder, stem):
            for passage in sheet.passages:
                yield sheet.question, Example(passage.text, *_target(passage))


def _of_passages(written: Path, rng: random.Random) -> Iterator[tuple[str, Example]]:
    """Yield each passage, and two of its windows: answers are graded window by window."""
    for passage in read_passages(written):
        target, _ = _target(passage)
        yield passage.question, Example(passage.text, target, 1.0)
        inside = [w.text for w in windows(split(passage.text))]
        for text in rng.sample(inside, min(2, len(inside))):
            yield passage.question, Example(text, target, 0.4)


def _of_claims(written: Path) -> Iterator[tuple[str, Example]]:
    for claim in read_claims(written):
        target, weight = (CONTRADICTED, 1.0) if claim.asserts else (MET, 0.5)
        yield claim.question, Example(claim.words, target, weight)


def _target(passage: Passage) -> tuple[int, float]:
    """Return a passage's class and weight; one fact flipped is hard to hear and weighs half."""
    if passage.variant:
        if passage.about in passage.met:
            return MET, 0.5
        return (CONTRADICTED if passage.variant == "false_twin" else UNSUPPORTED), 0.5
    return STYLES.get(passage.style, UNSUPPORTED), 1.0


def batches(found: list[Example], rng: random.Random) -> list[list[Example]]:
    """Cut shuffled examples, sorted by length within chunks, into batches."""
    rng.shuffle(found)
    made: list[list[Example]] = []
    for at in range(0, len(found), 20 * BATCH):
        chunk = sorted(found[at : at + 20 * BATCH], key=lambda e: len(e.text))
        made += [chunk[n : n + BATCH] for n in range(0, len(chunk), BATCH)]
    rng.shuffle(made)
    return made


def fit(encoder: Encoder, tokenizer: Tokenizer, plan: list[list[Example]], rate: float) -> None:
    """Train in place over the planned batches."""
    optimiser = torch.optim.AdamW(encoder.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / WARM_UP, max(0.02, 1 - s / len(plan)))
    )
    encoder.train()
    began, mean = time.time(), 1.0
    for step, batch in enumerate(plan):
        encodings = tokenizer.encode_batch([e.text for e in batch])
        logits = encoder(
            torch.tensor([e.ids for e in encodings]),
            torch.tensor([e.attention_mask for e in encodings]),
        )
        weight = torch.tensor([e.weight for e in batch])
        losses = cross_entropy(logits, torch.tensor([e.target for e in batch]), reduction="none")
        loss = (losses * weight).sum() / weight.sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        mean = 0.97 * mean + 0.03 * float(loss.detach())
        if step % 25 == 0:
            print(f"{step}/{len(plan)} loss {mean:.3f} {time.time() - began:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    here = Path(__file__).parent
    parser.add_argument("--data", type=Path, default=here / "rulings")
    parser.add_argument("--passages", type=Path, default=here / "passages")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    rng = random.Random(SEED)
    found = examples(options.data, options.passages, rng)
    plan = [batch for _ in range(options.epochs) for batch in batches(found, rng)]
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    encoder = load_base(options.base)
    fit(encoder, tokenizer, plan, options.rate)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(encoder.state_dict(), options.out)


if __name__ == "__main__":
    main()
