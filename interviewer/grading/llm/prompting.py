"""Builds the messages of a request, longest-shared parts first.

Instructions, question and reference are the same for every answer, the fenced answer for every
call about it, and the claims come last: a provider's prompt cache can keep all but the end.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from interviewer.catalog.prompts import Prompts
from interviewer.domain.grading import CallShape, Citation
from interviewer.domain.rubric import Criterion, Misconception
from interviewer.grading.llm.chat_model import Message, OutputShape, Request
from interviewer.grading.llm.claims import Claims, Group
from interviewer.grading.llm.fence import FenceTokens
from interviewer.grading.llm.reply import (
    BY_ANSWER,
    BY_DIMENSION,
    BY_QUOTES,
    Reading,
    read_dimensions,
    read_quotes,
    read_rulings,
)
from interviewer.grading.llm.sheet import Sheet

ROOM = 3_000
"""Output tokens granted besides the rulings: models that reason count their reasoning."""
ROOM_A_CLAIM = 150


@dataclass(frozen=True, slots=True)
class _Style:
    """What a model is told to do, what it must fill in, how that is read and how long it gets."""

    system: str
    shape: OutputShape
    read: Callable[[str], Reading]
    tokens_a_claim: int
    tokens_a_group: int = 0


_NUMBERS = _Style("grade-dimension", BY_DIMENSION, read_rulings, 48)
_QUOTES = _Style("grade-quotes", BY_QUOTES, read_quotes, 64)
_BRIEF = _Style("grade-answer", BY_ANSWER, read_dimensions, 12, 26)


class Prompting:
    """Renders the requests of one call shape, and knows how their replies are read.

    A whole answer in one call is ruled on in brief lines, which have no room for quotes.
    """

    def __init__(
        self,
        prompts: Prompts,
        calls: CallShape,
        fences: FenceTokens,
        citation: Citation = Citation.NUMBERS,
    ) -> None:
        self._prompts = prompts
        self._fences = fences
        self._quotes = citation is Citation.QUOTES
        brief = _BRIEF if calls is CallShape.ANSWER else _NUMBERS
        self._style = _QUOTES if self._quotes else brief

    @property
    def shape(self) -> OutputShape:
        return self._style.shape

    @property
    def place(self) -> str:
        """Return what a place in the answer is called, before its number."""
        return "line" if self._quotes else "sentence"

    @property
    def digest(self) -> str:
        """Return 16 hex digits over all that shapes a verdict besides question and answer."""
        names = (self._style.system, "sheet", "repair", "appeal")
        return self._prompts.digest(*names, also=json.dumps(self.shape.schema))

    def read(self, text: str) -> Reading:
        return self._style.read(text)

    def expected_output(self, claims: Claims) -> int:
        """Return the output tokens that a usual reply takes, for estimates."""
        style = self._style
        return 14 + style.tokens_a_group * len(claims.groups) + style.tokens_a_claim * len(claims)

    def request(
        self, sheet: Sheet, claims: Claims, *, trouble: str = "", appeal: str = "", steady: bool
    ) -> Request:
        """Return the request that asks for rulings on these claims.

        Args:
            sheet: The numbered answer.
            claims: What is to be ruled on.
            trouble: What was wrong with an earlier reply, if there was one.
            appeal: The sentences that the candidate points at, if this is an appeal.
            steady: Whether to ask for the same reply each time.
        """
        body = self._prompts.render(
            "sheet",
            question=sheet.question.prompt,
            reference=sheet.question.reference_answer,
            fence=self._fences.token(sheet.answer),
            answer=sheet.plain_lines if self._quotes else sheet.lines,
            claims="\n\n".join(_describe(group) for group in claims.groups),
        )
        if trouble:
            body += "\n\n" + self._prompts.render("repair", trouble=trouble)
        if appeal:
            body += "\n\n" + self._prompts.render("appeal", sentences=appeal)
        return Request(
            (Message("system", self._prompts.render(self._style.system)), Message("user", body)),
            max_output_tokens=ROOM + ROOM_A_CLAIM * len(claims),
            shape=self.shape,
            steady=steady,
        )


def _describe(group: Group) -> str:
    lines = [f"# {group.dimension.id}: {group.dimension.title}"]
    lines += [_describe_criterion(criterion) for criterion in group.criteria]
    lines += [_describe_misconception(wrong) for wrong in group.misconceptions]
    return "\n".join(lines)


def _describe_criterion(criterion: Criterion) -> str:
    return "\n".join(
        (
            f"{criterion.id}: {criterion.statement}",
            *_example("+", criterion.met_example),
            *_example("-", criterion.near_miss),
        )
    )


def _describe_misconception(wrong: Misconception) -> str:
    return "\n".join(
        (
            f"{wrong.id}, wrong claim: {wrong.statement}",
            *_example("+", wrong.examples[0]),
            *_example("-", next(iter(wrong.not_this), "")),
        )
    )


def _example(sign: str, text: str) -> tuple[str, ...]:
    """Return the line of one example; a file without one has nothing or a dash there."""
    return (f"{sign} {text}",) if any(char.isalnum() for char in text) else ()
