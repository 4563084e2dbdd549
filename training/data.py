# pyright: basic
"""Reads what the offline grader is trained on: labelled windows, passages and claims."""

import json
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Claim:
    """Words that assert a misconception of the bank, or come near it without asserting it."""

    question: str
    misconception: str
    words: str
    asserts: bool


def read_passages(folder: Path) -> list[Passage]:
    """Return the passages that were labelled against the bank's own criteria."""
    return [
        Passage(r["question_id"], r["passage"], frozenset(r["met"]), r["style"], "", "")
        for r in _written(folder)
        if "passage" in r
    ]


def read_claims(folder: Path) -> list[Claim]:
    """Return the claims about the bank's misconceptions."""
    return [
        Claim(r["question_id"], r["misconception"], r["words"], r["asserts"])
        for r in _written(folder)
        if "words" in r
    ]


def _written(folder: Path) -> list[dict]:
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
