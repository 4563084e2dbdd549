"""Limits that all workers keep together, on a real PostgreSQL."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date

import pytest

from interviewer.engine.shared_limits import OTHERS_FIRST_SECONDS, TURN_SECONDS, SharedBuckets
from interviewer.grading.llm.limits import BURST
from interviewer.grading.llm.turns import Place
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
