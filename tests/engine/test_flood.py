"""Three workers under one flood: the limits hold, and another's single answer gets through."""

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from interviewer.grading.llm.limits import BURST
from tests.engine.killing import Killing
from tests.engine.test_killing import alive
from tests.engine.tracing import PARTS, TOKENS
from tests.engine.worker import AT_ONCE

REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE = 1200, 96_000
FLOOD = 60
UNDER_WAY = 3 * AT_ONCE * len(PARTS)
"""Calls of the flood that three workers wait with when the single answer comes; a machine that
stalls saves up a burst besides."""


@pytest.mark.slow
@pytest.mark.anyio
async def test_three_workers_keep_to_the_limits_and_a_flood_lets_a_single_answer_through(
    tmp_path: Path, postgres: str
) -> None:
    limits = (REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE)
    run = Killing(postgres, tmp_path, FLOOD, seconds=0.01, limits=limits)
    await run.submit()
    start = time.time()
    with ExitStack() as stack:
        first, *_ = [stack.enter_context(alive(run.start())) for _ in range(3)]
        await run.until_calls(round(BURST * TOKENS_PER_MINUTE / TOKENS) + 12)
        before, asked = run.calls(), time.time()
        await run.submit_one(FLOOD, "another", priority=0)
        await run.until_done("another")
        waited, others = time.time() - asked, run.calls() - before - len(PARTS)
        # A worker that dies while its calls wait for their turn keeps nobody else from theirs.
        first.kill()
        await run.until_calls(run.calls() + 30)
    times = run.times()
    await run.close()
    print(
        f"a single answer waited {waited:.1f} s and {others} calls in a flood of "
        f"{FLOOD * len(PARTS)}; {len(times)} calls in {times[-1] - start:.1f} s"
    )
    assert others <= UNDER_WAY + BURST * TOKENS_PER_MINUTE / TOKENS
    for per_minute, each in ((REQUESTS_PER_MINUTE, 1), (TOKENS_PER_MINUTE, TOKENS)):
        burst, rate = BURST * per_minute, (1 - BURST) * per_minute / 60
        for number, at in enumerate(times, start=1):
            assert number * each <= burst + rate * (at - start) + 1e-6
