"""Lets a model put things into words: a follow-up question, a clarification, an outline.

None of it changes a verdict or a number. Where the model is silent, the question file's own words
serve: the callers catch `ModelTrouble` and use those.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from interviewer.catalog.prompts import Prompts
from interviewer.domain.grading import Usage
from interviewer.domain.question import FollowUp, Question
from interviewer.domain.rubric import Criterion
from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.calling import Caller
from interviewer.grading.llm.chat_model import Ending, Message, Request
from interviewer.grading.llm.deadline import Deadline
from interviewer.grading.llm.fence import FenceTokens, neutralise
from interviewer.grading.llm.reply import tidy
from interviewer.grading.segments import split

_SHORT, _LONG = 1_000, 2_500
"""Output tokens granted: a sentence or two, ten lines; models that reason need room."""
_MOST_LINES = 10
_IN_THE_ROOM, _AT_THE_DESK = 8.0, 20.0
"""Seconds: in an interview the clock runs, so the question file's own words come soon; an outline
is read at leisure. Both stay below the 30 s that our own client waits."""
_PICKED = re.compile(r"\W*(\d{1,2})\b[\s:.)\]-]*(.*)")


class Clarified(NamedTuple):
    """The fact that a model picked, and how it puts it."""

    fact: int | None
    """Which of the question's facts, counted from 0; None when none answers what was asked."""
    words: str
    """Empty without a fact."""


class Talker:
    """Asks one model for words."""

    def __init__(
        self,
        caller: Caller,
        prompts: Prompts,
        *,
        seconds: float = _IN_THE_ROOM,
        fences: FenceTokens | None = None,
    ) -> None:
        """Take the parts; `seconds` is how long a candidate in an interview waits for words."""
        self._caller = caller
        self._prompts = prompts
        self._seconds = seconds
        self._fences = fences or FenceTokens()

    async def follow_up(
        self, question: Question, answer: str, follow_up: FollowUp
    ) -> tuple[str, Usage]:
        """Return a question that aims at a follow-up's criterion. Raises: ModelTrouble."""
        text, usage = await self._ask(
            self._prompts.render(
                "follow-up",
                question=question.prompt,
                fence=self._fences.token(answer),
                answer=_lines(answer),
                point=question.criterion(follow_up.criterion).statement,
                asked=follow_up.ask,
            ),
            _SHORT,
            self._seconds,
        )
        return tidy(text), usage

    async def clarification(self, question: Question, asked: str) -> tuple[Clarified, Usage]:
        """Return which fact answers a candidate's question, in words. Raises: ModelTrouble."""
        facts = question.clarifications
        text, usage = await self._ask(
            self._prompts.render(
                "clarification",
                question=question.prompt,
                facts="\n".join(f"{n}. {fact}" for n, fact in enumerate(facts, 1)) or "none",
                fence=self._fences.token(asked),
                asked=neutralise(asked),
            ),
            _SHORT,
            self._seconds,
        )
        return _picked(tidy(text), len(facts)), usage

    async def outline(
        self, question: Question, answer: str, missing: Sequence[Criterion]
    ) -> tuple[tuple[str, ...], Usage]:
        """Return the note lines of a stronger answer. Raises: ModelTrouble."""
        text, usage = await self._ask(
            self._prompts.render(
                "outline",
                question=question.prompt,
                fence=self._fences.token(answer),
                answer=_lines(answer),
                points="\n".join(f"- {criterion.statement}" for criterion in missing) or "- none",
            ),
            _LONG,
            _AT_THE_DESK,
        )
        lines = (line.strip().removeprefix("-").strip() for line in text.splitlines())
        return tuple(tidy(line) for line in lines if line)[:_MOST_LINES], usage

    async def _ask(self, text: str, room: int, seconds: float) -> tuple[str, Usage]:
        request = Request((Message("user", text),), max_output_tokens=room)
        try:
            reply, usage = await self._caller.ask(request, Deadline(seconds))
        except ModelTrouble as trouble:
            if trouble.kind is Trouble.TIMEOUT:
                raise ModelTrouble(
                    Trouble.TIMEOUT,
                    f"The model's server sent no words within {seconds:.0f} s; ask again in a "
                    "moment.",
                ) from trouble
            raise
        if reply.ending in {Ending.REFUSED, Ending.FILTERED} or not reply.text.strip():
            raise ModelTrouble(Trouble.REFUSED, "The model had nothing to say to this.")
        return reply.text, usage


def _picked(text: str, facts: int) -> Clarified:
    """Read `2: It doubles at night.` or `0`. Raises: ModelTrouble for anything else."""
    found = _PICKED.fullmatch(text)
    number = int(found[1]) if found else facts + 1
    if number > facts or (number and found and not found[2]):
        raise ModelTrouble(Trouble.UNREADABLE, f"The model named no fact of ours: {text[:80]!r}.")
    return Clarified(number - 1, found[2]) if number and found else Clarified(None, "")


def _lines(answer: str) -> str:
    return "\n".join(neutralise(segment.text) for segment in split(answer))
