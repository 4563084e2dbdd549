"""Limits that all workers keep together, on a real PostgreSQL."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date

import pytest

from interviewer.clock import SystemClock
from interviewer.engine.shared_limits import OTHERS_FIRST_SECONDS, TURN_SECONDS, SharedBuckets
from interviewer.grading.llm.budget import Budget
from interviewer.grading.llm.limits import BURST, Draft
from interviewer.grading.llm.turns import FairLimits, Place
from interviewer.grading.standing import on_behalf_of
from interviewer.store import allowances
from interviewer.store.database import Database
from interviewer.store.spending import TableSpending
from interviewer.store.tables import TurnRow
from interviewer.store.upgrading import upgrade

PERSON, BATCH = Place(patient=False, crowd=1), Place(patient=True, crowd=1)
SLOW = 10
"""Requests a minute: a bucket of one, and more than six seconds for the next."""


@asynccontextmanager
async def on(url: str) -> AsyncGenerator[Database]:
    database = Database(url)
    await upgrade(database)
    try:
        yield database
    finally:
        await database.close()


@pytest.mark.anyio
async def test_what_one_worker_took_another_cannot(postgres: str) -> None:
    async with on(postgres) as database:
        one, other = (SharedBuckets(database, name, "s", SLOW, None) for name in ("a", "b"))
        assert await one.take(0, PERSON) == 0
        assert 0 < await other.take(0, PERSON) <= 60 / (SLOW * (1 - BURST))


@pytest.mark.anyio
async def test_a_batch_waits_while_another_worker_s_person_does(postgres: str) -> None:
    async with on(postgres) as database:
        one, other = (SharedBuckets(database, name, "s", None, 1000) for name in ("a", "b"))
        assert await one.take(90, BATCH) == 0
        assert await one.take(100, PERSON) > 0
        assert await other.take(1, BATCH) == OTHERS_FIRST_SECONDS
        assert await other.take(1, PERSON) == OTHERS_FIRST_SECONDS, "the other waits longer"


@pytest.mark.anyio
async def test_a_dead_worker_s_place_in_the_queue_is_forgotten(postgres: str) -> None:
    async with on(postgres) as database:
        one, other = (SharedBuckets(database, name, "s", None, 1000) for name in ("a", "b"))
        async with database.begin() as session:
            now = await allowances.now(session)
            dead = TurnRow(
                server="s",
                process="dead",
                patient=False,
                crowd=1,
                since=now - 60,
                until=now - 60 + TURN_SECONDS,
            )
            await allowances.wait(session, dead)
        assert await one.take(1, BATCH) == 0
        assert await other.take(1, BATCH) == 0
        async with database.begin() as session:
            assert await allowances.turns(session, "s") == []


@pytest.mark.anyio
async def test_tokens_that_were_not_needed_are_there_for_all(postgres: str) -> None:
    async with on(postgres) as database:
        one, other = (SharedBuckets(database, name, "s", None, 1000) for name in ("a", "b"))
        assert await one.take(100, PERSON) == 0
        assert await other.take(60, PERSON) > 0
        await one.give_back(60)
        assert await other.take(60, PERSON) == 0


@pytest.mark.anyio
async def test_workers_spend_one_budget_and_stop_before_they_pass_it(postgres: str) -> None:
    async with on(postgres) as database:
        one, other = TableSpending(database), TableSpending(database)
        day = date(2026, 1, 5)
        assert await one.add(day, 0.75, 1.0) == (0.75, True)
        assert await other.add(day, 0.5, 1.0) == (0.75, False)
        assert await one.add(day, -0.25) == (0.5, True)
        assert await other.add(day, 0.5, 1.0) == (1.0, True)
        assert await other.add(date(2026, 1, 6), 0.0) == (0.0, True)


REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, TOKENS = 1200, 96_000, 100
FLOOD, SINGLE = 400, 6
"""Calls: far more than a burst, and those of one answer."""


class Rush:
    """Calls of many owners at three workers' limits; `went` has when each was let go."""

    def __init__(self, url: str) -> None:
        self.databases = [Database(url) for _ in range(3)]
        self._limits = [
            FairLimits(
                SharedBuckets(database, f"w{n}", "s", REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE),
                Budget(None, SystemClock()),
            )
            for n, database in enumerate(self.databases)
        ]
        self.went: list[float] = []

    async def call(self, owner: str, worker: int) -> None:
        with on_behalf_of(owner, patient=False):
            await self._limits[worker].enter(Draft(TOKENS, None), 120)
        self.went.append(time.time())

    async def until(self, calls: int) -> None:
        async with asyncio.timeout(300):
            while len(self.went) < calls:
                await asyncio.sleep(0.05)


@pytest.mark.slow
@pytest.mark.anyio
async def test_workers_keep_to_the_limits_together_and_a_flood_lets_a_single_answer_through(
    postgres: str,
) -> None:
    rush = Rush(postgres)
    await upgrade(rush.databases[0])
    start = time.time()
    flood = [asyncio.create_task(rush.call("flood", n % 3)) for n in range(FLOOD)]
    burst = round(BURST * TOKENS_PER_MINUTE / TOKENS)
    await rush.until(burst + 12)
    before, asked = len(rush.went), time.time()
    await asyncio.gather(*(rush.call("single", 0) for _ in range(SINGLE)))
    others = len(rush.went) - before - SINGLE
    print(
        f"a single answer's {SINGLE} calls waited {time.time() - asked:.1f} s while {others} of a "
        f"flood of {FLOOD} went; {len(rush.went)} calls in {time.time() - start:.1f} s"
    )
    for task in flood:
        task.cancel()
    await asyncio.gather(*flood, return_exceptions=True)
    for database in rush.databases:
        await database.close()
    assert others <= burst + 3 * SINGLE, "no more than what a stalled machine saves up"
    # From the start on, for a process that was held up writes a call down later than it went.
    for per_minute, each in ((REQUESTS_PER_MINUTE, 1), (TOKENS_PER_MINUTE, TOKENS)):
        rate = (1 - BURST) * per_minute / 60
        for number, at in enumerate(rush.went, start=1):
            assert number * each <= BURST * per_minute + rate * (at - start) + 1e-6
