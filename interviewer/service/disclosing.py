"""Says beforehand where an answer would go and what that would cost, and keeps who agreed."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.domain.grading import GraderKind, Usage
from interviewer.engine.graders import Graders, grader_soon
from interviewer.grading.grader import Estimates, Spends
from interviewer.store import candidates, gradings
from interviewer.store.database import Database


class ModelServer(NamedTuple):
    """Where the LLM grader sends answers to."""

    name: str
    """Host, with the port where there is one."""
    leaves_machine: bool


class Disclosure(NamedTuple):
    """What a grader does with an answer."""

    kind: GraderKind
    model: str
    server: str | None
    leaves_machine: bool
    consented: bool
    spent_today_usd: float


class Forecast(NamedTuple):
    """What one answer would take."""

    disclosure: Disclosure
    answer_tokens: int
    usage: Usage


class Disclosing:
    """Answers before anything is sent."""

    def __init__(
        self,
        bank: QuestionBank,
        database: Database,
        graders: Graders,
        clock: Clock,
        server: ModelServer | None,
        count: Callable[[str], int],
    ) -> None:
        """Take the parts; `server` is None where there is no LLM, `count` counts tokens."""
        self._bank = bank
        self._database = database
        self._graders = graders
        self._clock = clock
        self._server = server
        self._count = count

    async def grader(self, owner: str, kind: GraderKind | None = None) -> Disclosure:
        """Return what a grader does with an answer. Raises: InputError when there is none."""
        kind = kind or self._graders.default
        grader = await grader_soon(self._graders, kind)
        server = self._server if kind is GraderKind.LLM else None
        model = grader.identity.model
        midnight = self._clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        async with self._database.begin() as session:
            agreed = server is None or await candidates.consented(
                session, owner, server.name, model
            )
            spent = await gradings.spent_since(session, midnight)
        if isinstance(grader, Spends):
            # Gradings are not all that costs: outlines, follow-up questions and appeals do too.
            spent = max(spent, await grader.spent())
        return Disclosure(
            kind=kind,
            model=model,
            server=None if server is None else server.name,
            leaves_machine=server is not None and server.leaves_machine,
            consented=agreed,
            spent_today_usd=spent,
        )

    async def forecast(
        self, owner: str, question_id: str, answer: str, kind: GraderKind | None
    ) -> Forecast:
        """Return what grading an answer would take. Raises: NotFound, InputError."""
        question = self._bank.question(question_id)
        disclosure = await self.grader(owner, kind)
        grader = await grader_soon(self._graders, disclosure.kind)
        usage = Usage()
        if isinstance(grader, Estimates):
            usage = await asyncio.to_thread(grader.estimate, question, answer)
        tokens = await asyncio.to_thread(self._count, answer)
        return Forecast(disclosure, tokens, usage)

    async def consent(self, owner: str, server: str, model: str) -> None:
        """Keep that a candidate agreed to send answers there."""
        async with self._database.begin() as session:
            await candidates.consent(session, owner, server, model, self._clock.now())
