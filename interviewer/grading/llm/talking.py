"""Lets a model put things into words: a follow-up question, a clarification, an outline.

None of it changes a verdict or a number. Where the model is silent, the question file's own words
serve: the callers catch `ModelTrouble` and use those.
"""

from collections.abc import Sequence

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


class Talker:
    """Asks one model for words."""

    def __init__(
        self,
        caller: Caller,
        prompts: Prompts,
        *,
        seconds: float = 20,
        fences: FenceTokens | None = None,
    ) -> None:
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
        )
        return tidy(text), usage

    async def clarification(self, question: Question, asked: str) -> tuple[str, Usage]:
        """Return what the interviewer says to a candidate's question. Raises: ModelTrouble."""
        text, usage = await self._ask(
            self._prompts.render(
                "clarification",
                question=question.prompt,
                facts="\n".join(f"- {fact}" for fact in question.clarifications) or "- none",
                fence=self._fences.token(asked),
                asked=neutralise(asked),
            ),
            _SHORT,
        )
        return tidy(text), usage

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
        )
        lines = (line.strip().removeprefix("-").strip() for line in text.splitlines())
        return tuple(tidy(line) for line in lines if line)[:_MOST_LINES], usage

    async def _ask(self, text: str, room: int) -> tuple[str, Usage]:
        request = Request((Message("user", text),), max_output_tokens=room)
        reply, usage = await self._caller.ask(request, Deadline(self._seconds))
        if reply.ending in {Ending.REFUSED, Ending.FILTERED} or not reply.text.strip():
            raise ModelTrouble(Trouble.REFUSED, "The model had nothing to say to this.")
        return reply.text, usage


def _lines(answer: str) -> str:
    return "\n".join(neutralise(segment.text) for segment in split(answer))
