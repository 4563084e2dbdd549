"""The LLM grader: asks a model for rulings, and lets through only what code could check."""

from collections.abc import Sequence

from interviewer.catalog.prompts import Prompts
from interviewer.domain.base import CriterionId
from interviewer.domain.grading import CallShape, Citation, GraderIdentity, GraderKind, Usage
from interviewer.domain.question import FollowUp, Question
from interviewer.domain.rubric import Criterion
from interviewer.domain.ruling import Ruling, Verdict
from interviewer.grading.grader import Part, PartRulings, Publish
from interviewer.grading.llm.calling import Caller
from interviewer.grading.llm.claims import Claims, Group
from interviewer.grading.llm.deadline import Deadline
from interviewer.grading.llm.fence import FenceTokens
from interviewer.grading.llm.gate import Gate
from interviewer.grading.llm.hearing import Findings, Heard, Hearing
from interviewer.grading.llm.prompting import Prompting
from interviewer.grading.llm.sheet import Sheet
from interviewer.grading.llm.talking import Clarified, Talker

_MOST_SHEETS = 64
"""Answers whose numbering is kept while their other parts are still to be asked about."""


class LlmGrader:
    """Rules on answers through a chat model."""

    def __init__(
        self,
        caller: Caller,
        prompts: Prompts,
        *,
        calls: CallShape = CallShape.DIMENSION,
        votes: int = 1,
        deadline_seconds: float = 120,
        citation: Citation = Citation.NUMBERS,
        warm_cache: bool = False,
        fences: FenceTokens | None = None,
        talk_seconds: float = 8,
    ) -> None:
        """Take the parts; `warm_cache` lets an answer's first call go alone (see `gate`).

        A candidate in an interview waits `talk_seconds` for words.
        """
        self._caller = caller
        self._calls = calls
        self._votes = votes
        self._deadline_seconds = deadline_seconds
        fences = fences or FenceTokens()
        self._warm_cache = warm_cache
        self._prompting = Prompting(prompts, calls, fences, citation)
        self._talker = Talker(caller, prompts, seconds=talk_seconds, fences=fences)
        self._sheets: dict[tuple[str, str], tuple[Sheet, Gate]] = {}

    @property
    def identity(self) -> GraderIdentity:
        return GraderIdentity(
            kind=GraderKind.LLM,
            model=self._caller.model.name,
            call_shape=self._calls,
            votes=self._votes,
        )

    @property
    def prompt_digest(self) -> str:
        return self._prompting.digest

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        return {"temperature": 0}

    def parts(self, question: Question) -> tuple[Part, ...]:
        """Return one part for the answer, or one for each dimension."""
        if self._calls is CallShape.ANSWER:
            return (Part(key="answer", dimensions=tuple(d.id for d in question.dimensions)),)
        return tuple(
            Part(key=f"dimension:{dimension.id}", dimensions=(dimension.id,))
            for dimension in question.dimensions
        )

    def estimate(self, question: Question, answer: str) -> Usage:
        """Return what grading this answer should take, if no call has to be repeated.

        The cost is null where no price is known for the model. Takes a second the first time,
        for the tokenizer's table.
        """
        sheet, _ = self._sheet(question, answer)
        total = Usage()
        for part in self.parts(question):
            claims = Claims.of(question, part.dimensions)
            each = claims.singly() if self._calls is CallShape.CRITERION else (claims,)
            for asked in each:
                request = self._prompting.request(sheet, asked, steady=True)
                total += self._caller.estimate(request, self._prompting.expected_output(asked))
        return total

    async def spent(self) -> float:
        """Return the dollars of today (UTC) that calls have cost, outlines and talk included."""
        return await self._caller.spent()

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        """Return a ruling on every criterion and misconception of the part."""
        claims = Claims.of(question, part.dimensions)
        hearing = self._hearing(question, answer)
        if self._calls is CallShape.CRITERION:
            findings = await hearing.hear_singly(claims, votes=self._votes)
        else:
            heard = _publishing(part, publish) if self._calls is CallShape.ANSWER else None
            findings = await hearing.hear(claims, votes=self._votes, heard=heard)
        return _part_rulings(part.key, claims, findings)

    async def appeal(
        self, question: Question, answer: str, criterion_id: CriterionId, start: int, end: int
    ) -> PartRulings:
        """Rule on one criterion again, looking at the span that the candidate marked.

        The ruling may stay unmet. Raises: KeyError when the question has no such criterion.
        """
        key = f"appeal:{criterion_id}"
        criterion = question.criterion(criterion_id)
        sheet, _ = self._sheet(question, answer)
        numbers = sheet.numbers(start, end)
        if not numbers:
            refused = Ruling(
                criterion_id=criterion.id,
                verdict=Verdict.UNMET,
                reason="The marked words cannot be evidence; mark a sentence of your own.",
            )
            return PartRulings(part=key, rulings=(refused,))
        claims = Claims.of(question, {d.id for d in question.dimensions}).only({criterion.id})
        pointed = f"{self._prompting.place} " + ", ".join(str(number) for number in numbers)
        findings = await self._hearing(question, answer).hear(
            claims, votes=self._votes, appeal=pointed
        )
        return _part_rulings(key, claims, findings)

    async def outline(
        self, question: Question, answer: str, missing: Sequence[Criterion]
    ) -> tuple[tuple[str, ...], Usage]:
        """Return the note lines of a stronger answer. Raises: ModelTrouble."""
        return await self._talker.outline(question, answer, missing)

    async def clarification(self, question: Question, asked: str) -> tuple[Clarified, Usage]:
        """Return which fact answers a candidate's question, in words. Raises: ModelTrouble."""
        return await self._talker.clarification(question, asked)

    async def follow_up(
        self, question: Question, answer: str, follow_up: FollowUp
    ) -> tuple[str, Usage]:
        """Return a question that aims at a follow-up's criterion. Raises: ModelTrouble."""
        return await self._talker.follow_up(question, answer, follow_up)

    def _hearing(self, question: Question, answer: str) -> Hearing:
        sheet, gate = self._sheet(question, answer)
        return Hearing(self._caller, self._prompting, sheet, Deadline(self._deadline_seconds), gate)

    def _sheet(self, question: Question, answer: str) -> tuple[Sheet, Gate]:
        kept = self._sheets.get((question.id, answer))
        if kept and kept[0].question is question:
            return kept
        while len(self._sheets) >= _MOST_SHEETS:
            self._sheets.pop(next(iter(self._sheets)))
        made = Sheet(question, answer), Gate(is_open=not self._warm_cache)
        self._sheets[question.id, answer] = made
        return made


def _publishing(part: Part, publish: Publish) -> Heard:
    def heard(group: Group, findings: Findings) -> None:
        publish(_part_rulings(part.key, Claims((group,)), findings))

    return heard


def _part_rulings(key: str, claims: Claims, findings: Findings) -> PartRulings:
    rulings, misconceptions = findings.rulings(claims)
    return PartRulings(
        part=key,
        rulings=rulings,
        misconceptions=misconceptions,
        flags=findings.flags,
        usage=findings.usage,
    )
