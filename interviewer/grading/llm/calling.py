"""Calls a model until it answers or the time is up: the one place that retries."""

import asyncio
import json
import math
import random
from collections.abc import Callable

from interviewer.domain.grading import Usage
from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.chat_model import ChatModel, Listen, Reply, Request, TokenCounts
from interviewer.grading.llm.deadline import Deadline
from interviewer.grading.llm.limits import Draft, Limits
from interviewer.grading.llm.pricing import Prices
from interviewer.grading.standing import standing
from interviewer.grading.tokens import Tokens

MOST_TRIES = 4
"""Requests for one reply: the first and three more."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 8.0
"""Seconds; the wait doubles, and each is drawn between half of it and all of it (so that many
callers that failed together do not return together)."""
PATIENCE = 0.5
"""Share of the time left that one try may take, so that a stalled one leaves time for another."""
EXPECTED_OUTPUT = 200
"""Output that a draft reckons with; the real figure replaces it."""


class Caller:
    """Asks one model, within limits, and counts what it took."""

    def __init__(
        self,
        model: ChatModel,
        limits: Limits,
        prices: Prices,
        tokens: Tokens,
        *,
        first_wait: float = FIRST_WAIT,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.model = model
        self._prices = prices
        self._tokens = tokens
        self._limits = limits
        self._first_wait = first_wait
        self._jitter = jitter

    async def ask(
        self, request: Request, deadline: Deadline, listen: Listen | None = None
    ) -> tuple[Reply, Usage]:
        """Return a reply and its usage. Raises: ModelTrouble when there is none in time."""
        for tries in range(1, MOST_TRIES + 1):
            try:
                return await self._try(request, deadline, listen)
            except ModelTrouble as trouble:
                wait = self._wait(trouble, tries)
                if trouble.kind is Trouble.TIMEOUT and wait >= deadline.left:
                    raise _too_late(deadline) from trouble
                if not trouble.kind.passes or tries == MOST_TRIES or wait >= deadline.left:
                    raise
            await asyncio.sleep(wait)
        raise AssertionError("the last try returns or raises")

    async def spent(self) -> float:
        """Return the dollars of today (UTC) that calls have cost, whatever they were for."""
        return await self._limits.spent()

    def estimate(self, request: Request, output_tokens: int) -> Usage:
        """Return what a request is expected to take, with nothing cached."""
        schema = json.dumps(request.shape.schema) if request.shape else ""
        texts = (schema, *(message.text for message in request.messages))
        counted = sum(self._tokens.estimate(text) for text in texts)
        return self._prices.usage(self.model.name, TokenCounts(counted, output=output_tokens))

    async def _try(
        self, request: Request, deadline: Deadline, listen: Listen | None
    ) -> tuple[Reply, Usage]:
        # In a thread: the first count reads the tokenizer's table, which takes a second.
        counts = self._limits.counts
        draft = await asyncio.to_thread(self._draft, request) if counts else Draft(0, None)
        await self._enter(draft, deadline)
        try:
            reply = await self.model.ask(request, _patience(deadline), listen)
        except ModelTrouble as trouble:
            # A call that was lost on the way may have been paid for: its draft stays.
            if trouble.kind not in {Trouble.TIMEOUT, Trouble.CONNECTION_LOST}:
                await self._limits.settle(draft, 0, 0.0)
            raise
        usage = self._prices.usage(self.model.name, reply.tokens)
        counted = usage.input_tokens + usage.output_tokens
        await self._limits.settle(draft, counted or draft.tokens, usage.cost_usd)
        return reply, usage

    async def _enter(self, draft: Draft, deadline: Deadline) -> None:
        if not standing().patient:
            await self._limits.enter(draft, deadline.left)
            return
        # The deadline is for the model; nobody sits in front of a batch and waits for its turn.
        started = asyncio.get_running_loop().time()
        await self._limits.enter(draft, math.inf)
        deadline.extend(asyncio.get_running_loop().time() - started)

    def _draft(self, request: Request) -> Draft:
        usage = self.estimate(request, EXPECTED_OUTPUT)
        return Draft(usage.input_tokens + usage.output_tokens, usage.cost_usd)

    def _wait(self, trouble: ModelTrouble, tries: int) -> float:
        if trouble.retry_after is not None:
            return trouble.retry_after + self._first_wait * self._jitter()
        longest = min(LONGEST_WAIT, self._first_wait * 2 ** (tries - 1))
        return longest * (1 + self._jitter()) / 2


def _patience(deadline: Deadline) -> float:
    if deadline.left <= 0:
        raise _too_late(deadline)
    return max(PATIENCE * deadline.left, min(1.0, deadline.left))


def _too_late(deadline: Deadline) -> ModelTrouble:
    return ModelTrouble(
        Trouble.TIMEOUT,
        f"The model's server sent no complete reply within {deadline.seconds:.0f} s; grade again, "
        "or raise INTERVIEWER_DEADLINE_SECONDS.",
    )
