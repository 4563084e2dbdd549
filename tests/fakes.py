"""Fakes that implement our protocols and record what they were asked."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from interviewer.domain.base import CriterionId, MisconceptionId
from interviewer.domain.grading import CallShape, GraderIdentity, GraderKind, Usage
from interviewer.domain.question import Question
from interviewer.domain.ruling import (
    Assertion,
    Evidence,
    MisconceptionRuling,
    Ruling,
    Verdict,
)
from interviewer.grading.grader import Part, PartRulings, Publish


class FrozenClock:
    """Stands still until it is told to move."""

    def __init__(self, moment: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **steps: float) -> None:
        self.moment += timedelta(**steps)


class ScriptedGrader:
    """Finds what the script says: criterion id -> the words that meet it, or a verdict."""

    def __init__(
        self,
        found: Mapping[str, str | Verdict],
        asserted: Mapping[str, str] | None = None,
        *,
        silent: frozenset[str] = frozenset(),
    ) -> None:
        self._found = found
        self._asserted = asserted or {}
        self._silent = silent
        self.asked: list[tuple[str, str]] = []

    identity = GraderIdentity(
        kind=GraderKind.LLM, model="scripted", call_shape=CallShape.DIMENSION, votes=1
    )
    prompt_digest = "0123456789abcdef"

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        return {"script": len(self._found)}

    def parts(self, question: Question) -> tuple[Part, ...]:
        return tuple(Part(key=f"dimension:{d.id}", dimensions=(d.id,)) for d in question.dimensions)

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        self.asked.append((question.id, part.key))
        dimensions = [d for d in question.dimensions if d.id in part.dimensions]
        return PartRulings(
            part=part.key,
            rulings=tuple(
                self._ruling(answer, c.id)
                for d in dimensions
                for c in d.criteria
                if c.id not in self._silent
            ),
            misconceptions=tuple(
                self._assertion(answer, m.id)
                for d in dimensions
                for m in question.misconceptions_of(d)
                if m.id not in self._silent
            ),
            usage=Usage(calls=1, input_tokens=100, output_tokens=10, cost_usd=0.001),
        )

    def _ruling(self, answer: str, criterion_id: CriterionId) -> Ruling:
        said = self._found.get(criterion_id, Verdict.UNMET)
        if isinstance(said, Verdict):
            return Ruling(criterion_id=criterion_id, verdict=said, reason="Scripted.")
        return Ruling(
            criterion_id=criterion_id,
            verdict=Verdict.MET,
            evidence=(_evidence(answer, said),),
            reason="Scripted.",
        )

    def _assertion(self, answer: str, misconception_id: MisconceptionId) -> MisconceptionRuling:
        words = self._asserted.get(misconception_id)
        return MisconceptionRuling(
            misconception_id=misconception_id,
            verdict=Assertion.ASSERTED if words else Assertion.NOT_ASSERTED,
            evidence=(_evidence(answer, words),) if words else (),
        )


def _evidence(answer: str, words: str) -> Evidence:
    start = answer.find(words)
    if start < 0:
        return Evidence(quote=words, start=0, end=len(words))
    return Evidence.cut(answer, start, start + len(words))
