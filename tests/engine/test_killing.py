"""Processes that are killed while they grade: nothing lost, nothing twice, little paid again."""

import signal
import subprocess
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.engine.killing import Killing
from tests.engine.tracing import PARTS
from tests.engine.worker import AT_ONCE

ANSWERS = 100
IN_FLIGHT = AT_ONCE * len(PARTS)
"""Calls that one process has under way at most; a kill repeats no more than these."""


@contextmanager
def alive(process: "subprocess.Popen[bytes]") -> Generator["subprocess.Popen[bytes]"]:
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.anyio
async def test_a_service_on_sqlite_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    run = Killing(f"sqlite:///{tmp_path / 'test.sqlite3'}", tmp_path, ANSWERS, seconds=0.05)
    await run.submit()
    kills = 0
    for share in (0.2, 0.6):
        with alive(run.start()):
            await run.until_calls(round(share * ANSWERS * len(PARTS)))
        kills += 1
    with alive(run.start()):
        await run.until_done()
    count = await run.count()
    await run.close()
    print(f"{kills} kills: {count.calls - count.needed} calls of {count.needed} paid again")
    assert count.graded == ANSWERS
    assert count.foreign == 0
    assert 0 <= count.calls - count.needed <= kills * IN_FLIGHT


@pytest.mark.slow
@pytest.mark.anyio
async def test_workers_on_postgresql_take_over_from_a_dead_one(
    tmp_path: Path, postgres: str
) -> None:
    run = Killing(postgres, tmp_path, ANSWERS, seconds=0.05)
    await run.submit()
    with ExitStack() as stack:
        first, second, third = (stack.enter_context(alive(run.start())) for _ in range(3))
        await run.until_calls(100)
        first.kill()
        await run.until_calls(200)
        second.send_signal(signal.SIGSTOP)
        await run.until_calls(300)
        stack.enter_context(alive(run.start()))
        second.send_signal(signal.SIGCONT)
        await run.until_calls(400)
        third.kill()
        await run.until_done()
    count = await run.count()
    await run.close()
    print(f"2 kills, 1 stop: {count.calls - count.needed} calls of {count.needed} paid again")
    assert count.graded == ANSWERS
    assert count.foreign == 0
    assert 0 <= count.calls - count.needed <= 3 * IN_FLIGHT
