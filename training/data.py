# pyright: basic
"""Labelled rulings -> groups for training: one passage against several criteria."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

HELD_OUT = frozenset(
    {
        "realtime-inference-system",
        "batch-vs-realtime",
        "ml-cicd",
        "serverless-vs-server",
        "storage-formats",
        "ml-platform-slos",
        "production-reliability",
        "technical-disagreements",
    }
)
"""The questions of the development set: no script trains on them."""

CONTRADICTING = frozenset({"negation", "false_claim"})
"""Kinds of unmet windows that say the opposite of the criterion."""


@dataclass(frozen=True)
class Pair:
    """A criterion beside the passage of its group; `label` 1 met, 0 not."""

    criterion: str
    label: int
    weight: float


@dataclass
class Group:
    passage: str
    question: str
    kind: str
    pairs: list[Pair] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    question: str
    criterion_id: str
    criterion: str
    window: str
    met: bool
    kind: str


@dataclass(frozen=True)
class Passage:
    question: str
    text: str
    met: frozenset[str]
    style: str
    variant: str
    about: str


@dataclass
class Sheet:
    """Passages of one question with the criteria that all of them were labelled against."""

    question: str
    criteria: dict[str, str]
    passages: list[Passage]


def read_rows(folder: Path) -> list[Row]:
    return [
        Row(
            r["question_id"],
            r["criterion_id"],
            r["criterion"],
            r["window"],
            r["label"] == "met",
            r["kind"],
        )
        for path in sorted(folder.glob("part-*.jsonl"))
        for r in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def read_sheets(folder: Path, stem: str) -> list[Sheet]:
    sheets: list[Sheet] = []
    for path in sorted(folder.glob(f"{stem}-*.jsonl")):
        for r in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if r["type"] == "criteria":
                criteria = {c["id"]: c["text"] for c in r["criteria"]}
                sheets.append(Sheet(r["question_id"], criteria, []))
            else:
                sheet = next(s for s in reversed(sheets) if s.question == r["question_id"])
                sheet.passages.append(
                    Passage(
                        r["question_id"],
                        r["passage"],
                        frozenset(r["met"]),
                        r["style"],
                        r.get("variant", ""),
                        r.get("group", ""),
                    )
                )
    return sheets


def row_groups(rows: Iterable[Row], rng: random.Random) -> list[Group]:
    """Own criterion beside others of the same question, for met and unmet windows alike."""
    by_question: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_question[row.question].append(row)
    groups: list[Group] = []
    for question, own in by_question.items():
        criteria = sorted({(r.criterion_id, r.criterion) for r in own})
        for row in own:
            group = Group(row.window, question, "row")
            group.pairs.append(Pair(row.criterion, int(row.met), 1.0))
            others = [text for cid, text in criteria if cid != row.criterion_id]
            if rng.random() < 0.5:
                group.pairs.append(Pair(rng.choice(others), 0, 0.35))
            groups.append(group)
    return groups
