# pyright: basic
"""Print how far padding, repeating and reshaping an answer move its score.

    python -m training.neutrality

Every answer of the development set is graded with the weights fitted without its question, then
once more with about 100 words of on-topic filler before it, in its middle and after it, written
twice, and with every sentence as a bullet. The fillers (`fillers.json`) say nothing that meets a
criterion: chat about the subject (two that fit any question and one written for each), and, named
`terms`, vague sentences full of the question's own words.
"""

import argparse
import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template

import numpy as np

from interviewer.catalog.questions import read_bank
from interviewer.clock import SystemClock
from interviewer.domain.grading import Grading
from interviewer.domain.question import Question
from interviewer.evaluation.datasets import read_rows
from interviewer.grading.grader import Grader
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.left_out import LeftOutGrader, read_left_out
from interviewer.grading.segments import split
from interviewer.resources import rubrics
from interviewer.service.grading import grade_now

DEV_SET = Path("tests/evaluation/dev_set")
FILLERS = Path(__file__).with_name("fillers.json")
RESHAPED = ("said twice", "as bullets")
"""What adds no words of its own."""
BEARABLE = 2.0
"""Points of 100 by which a score may move."""


def fillers(question: Question) -> dict[str, str]:
    """Return the fillers of a question by name."""
    written = json.loads(FILLERS.read_text(encoding="utf-8"))
    general = [Template(text).substitute(title=question.title) for text in written["general"]]
    chat, terms = written["by_question"][question.id]
    return {"any question 1": general[0], "any question 2": general[1], "chat": chat,
            "terms": terms}  # fmt: skip


def variants(question: Question, answer: str) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, place, answer) for every way to say no more in more words."""
    for name, filler in fillers(question).items():
        yield name, "before", f"{filler}\n\n{answer}"
        yield name, "middle", _in_the_middle(answer, filler)
        yield name, "after", f"{answer}\n\n{filler}"
    yield "said twice", "after", f"{answer}\n\n{answer}"
    yield "as bullets", "whole", "\n".join(f"- {segment.text}" for segment in split(answer))


def _in_the_middle(answer: str, filler: str) -> str:
    segments = split(answer)
    cut = segments[len(segments) // 2].start if len(segments) > 1 else len(answer)
    cut = answer.rfind("\n", 0, cut) + 1 or cut
    return f"{answer[:cut].rstrip()}\n\n{filler}\n\n{answer[cut:]}"


def percent(grader: Grader, question: Question, answer: str) -> float:
    grading: Grading = asyncio.run(grade_now(grader, question, answer, SystemClock()))
    return grading.score.percent if grading.score else 0.0


def measure(grader: Grader, only: str) -> dict[tuple[str, str], list[tuple[str, float]]]:
    """Return (answer's id and profile, change in points) by kind and place."""
    bank = {str(q.id): q for q in read_bank((rubrics(),))}
    moved: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for row in read_rows(DEV_SET / "answers.jsonl", DEV_SET / "labels.jsonl"):
        question = bank[row.question_id or ""]
        if only not in question.id:
            continue
        before = percent(grader, question, row.answer)
        for kind, place, text in variants(question, row.answer):
            change = percent(grader, question, text) - before
            moved[kind, place].append((f"{row.id} {row.profile}", change))
    return moved


def table(moved: dict[tuple[str, str], list[tuple[str, float]]]) -> Iterator[str]:
    yield "| filler | place | n | mean | mean size | least | most | within 2 points |"
    yield "|---|---|---|---|---|---|---|---|"
    for (kind, place), rows in moved.items():
        yield _line(kind, place, [change for _, change in rows])
    padded = [change for (kind, _), rows in moved.items() if kind not in RESHAPED
              for _, change in rows]  # fmt: skip
    yield _line("all fillers", "all", padded)


def _line(kind: str, place: str, changes: Sequence[float]) -> str:
    c = np.array(changes)
    within = (np.abs(c) <= BEARABLE).mean()
    return (
        f"| {kind} | {place} | {len(c)} | {c.mean():+.1f} | {np.abs(c).mean():.1f} "
        f"| {c.min():+.1f} | {c.max():+.1f} | {within:.0%} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--left-out", type=Path, default=DEV_SET / "left_out.json")
    parser.add_argument("--lexical", action="store_true", help="without sentence vectors")
    parser.add_argument("--question", default="", help="only questions with this in their id")
    parser.add_argument("--worst", type=int, default=0, help="list so many of the largest changes")
    options = parser.parse_args()
    embedding = None if options.lexical else Embedding()
    moved = measure(LeftOutGrader(read_left_out(options.left_out), embedding), options.question)
    print("\n".join(table(moved)))
    every = [(abs(c), name, kind, place, c) for (kind, place), rows in moved.items()
             for name, c in rows]  # fmt: skip
    for _, name, kind, place, change in sorted(every, reverse=True)[: options.worst]:
        print(f"{change:+6.1f}  {name}: {kind}, {place}")


if __name__ == "__main__":
    main()
