"""A grader that takes its time and writes down each call, so that kills can be counted."""

import asyncio
import time
from pathlib import Path

from interviewer.domain.grading import CallShape, GraderIdentity, GraderKind, Usage
from interviewer.domain.question import Question
from interviewer.domain.ruling import Evidence, Ruling, Verdict
from interviewer.grading.grader import Part, PartRulings, Publish
from interviewer.grading.llm.limits import Draft, Limits, NoLimits
from tests.domain.questions import criterion, dimension, question

TOKENS = 100
"""What one call takes of the limit on tokens."""

PATIENCE_SECONDS = 120

PARTS = tuple(f"cache{number}" for number in range(6))
SIX = question(*(dimension(f"d-{name}", 1, criterion(name)) for name in PARTS))


def answer_of(number: int) -> str:
    """Return an answer whose every sentence names the answer and the part it is for."""
    return " ".join(
        f"For {part} I would keep copy{number}of{part} near the store, as reads repeat."
        for part in PARTS
    )


class TracingGrader:
    """Meets each criterion with words that only one answer and part have."""

    identity = GraderIdentity(
        kind=GraderKind.LLM, model="tracing", call_shape=CallShape.DIMENSION, votes=1
    )
    prompt_digest = None

    def __init__(self, trace: Path, seconds: float, limits: Limits | None = None) -> None:
        self._limits = limits or NoLimits()
        self._trace = trace
        self._seconds = seconds

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        return {}

    def parts(self, question: Question) -> tuple[Part, ...]:
        return tuple(Part(key=f"dimension:{d.id}", dimensions=(d.id,)) for d in question.dimensions)

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        name = part.dimensions[0].removeprefix("d-")
        start = answer.index("copy", answer.index(f"For {name} "))
        words = answer[start:].partition(" ")[0]
        await self._limits.enter(Draft(TOKENS, None), PATIENCE_SECONDS)
        with self._trace.open("a", encoding="utf-8") as file:
            file.write(f"{words} {time.time()}\n")
        await asyncio.sleep(self._seconds)
        ruling = Ruling(
            criterion_id=question.dimensions[PARTS.index(name)].criteria[0].id,
            verdict=Verdict.MET,
            evidence=(Evidence.cut(answer, start, start + len(words)),),
            reason="Traced.",
        )
        return PartRulings(part=part.key, rulings=(ruling,), usage=Usage(calls=1))
