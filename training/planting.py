# pyright: basic
"""Print how often a misconception that is planted into a good answer lowers its score.

    python -m training.planting

Each claim of `tests/evaluation/planted/claims.jsonl` is put into the middle of its question's
strong anchor; once as the candidate's own word and once as a warning ("A common mistake is to
think: …"). Sound anchors and reference answers are graded as they are, for false alarms.
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from interviewer.catalog.questions import read_bank
from interviewer.clock import SystemClock
from interviewer.domain.base import Model
from interviewer.domain.grading import Grading
from interviewer.domain.question import Question
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.grading.segments import split
from interviewer.resources import rubrics
from interviewer.service.grading import grade_now

CLAIMS = Path("tests/evaluation/planted/claims.jsonl")
SOUND = ("strong", "strong, plain words", "terse strong")


class Claim(Model):
    """One misconception in fresh words."""

    question_id: str
    misconception: str
    words: str


def read_claims(path: Path = CLAIMS) -> list[Claim]:
    return [Claim.model_validate_json(line) for line in path.read_text("utf-8").splitlines()]


def planted(answer: str, words: str) -> str:
    """Return the answer with the words as a sentence of their own in its middle."""
    segments = split(answer)
    at = segments[len(segments) // 2].start
    return f"{answer[:at]}{words} {answer[at:]}"


def sound_answers(question: Question) -> list[str]:
    """Return the answers of a question that assert nothing wrong."""
    anchors = [a.answer for a in question.anchors if a.name in SOUND and not a.asserts]
    return [*anchors, question.reference_answer]


class Tally:
    """Grades, and counts what was found."""

    def __init__(self, grader: OfflineGrader) -> None:
        self._grader = grader
        self.rows: list[dict[str, object]] = []

    def plant(self, question: Question, claims: Sequence[Claim]) -> None:
        answer = sound_answers(question)[0]
        before = self._grade(question, answer)
        for claim in claims:
            own = self._grade(question, planted(answer, claim.words))
            warning = f"A common mistake is to think: {claim.words}"
            warned = self._grade(question, planted(answer, warning))
            self.rows.append(
                {
                    "question": str(question.id),
                    "misconception": claim.misconception,
                    "caught": claim.misconception in _asserted(own),
                    "lowered": _percent(own) < _percent(before),
                    "change": round(_percent(own) - _percent(before), 1),
                    "warning taken": claim.misconception in _asserted(warned),
                }
            )

    def false_alarms(self, question: Question) -> list[set[str]]:
        return [_asserted(self._grade(question, answer)) for answer in sound_answers(question)]

    def _grade(self, question: Question, answer: str) -> Grading:
        return asyncio.run(grade_now(self._grader, question, answer, SystemClock()))


def _asserted(grading: Grading) -> set[str]:
    return {str(m.id) for m in grading.misconceptions}


def _percent(grading: Grading) -> float:
    return grading.score.percent if grading.score else 0.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--question", default="", help="only questions with this in their id")
    parser.add_argument("--missed", action="store_true", help="list the claims that were missed")
    options = parser.parse_args()
    claims = read_claims()
    tally = Tally(OfflineGrader(Embedding()))
    alarms: list[set[str]] = []
    for question in read_bank((rubrics(),)):
        if options.question in question.id:
            tally.plant(question, [c for c in claims if c.question_id == question.id])
            alarms += tally.false_alarms(question)
    count = len(tally.rows)
    for name in ("caught", "lowered", "warning taken"):
        hit = sum(bool(row[name]) for row in tally.rows)
        print(f"{name}: {hit} of {count} ({hit / count:.0%})")
    wrong = sum(bool(found) for found in alarms)
    print(f"sound answers with a false alarm: {wrong} of {len(alarms)}")
    if options.missed:
        for row in tally.rows:
            if not row["caught"]:
                print(json.dumps(row))


if __name__ == "__main__":
    main()
