"""So many requests, tokens and dollars, and no more."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.domain.grading import Status
from interviewer.domain.pricing import Price
from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.budget import Budget, FileSpending
from interviewer.grading.llm.limits import Bucket, Draft
from interviewer.grading.llm.memory_limits import MemoryLimits
from interviewer.grading.llm.pricing import Prices
from interviewer.grading.llm.turns import FairLimits, Place
from interviewer.grading.standing import on_behalf_of
from tests.grading.drift import QUESTION, STRONG
from tests.grading.llm.rig import grade_with, grader_at
from tests.model_server import ModelServer


class Clock:
    """Stands still until it is stepped."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@settings(max_examples=60, deadline=None)
@given(
    limit=st.integers(10, 1000),
    amounts=st.lists(st.integers(1, 300), min_size=1, max_size=60),
    gaps=st.lists(st.floats(0, 20), min_size=60, max_size=60),
)
def test_no_minute_ever_sees_more_than_the_limit(
    limit: int, amounts: list[int], gaps: list[float]
) -> None:
    bucket, now, sent = Bucket.full(limit, 0.0), 0.0, list[tuple[float, int]]()
    for amount, gap in zip(amounts, gaps, strict=False):
        now += gap
        bucket, wait = bucket.take(min(amount, limit // 10), now)
        sent.append((now + wait, min(amount, limit // 10)))
    for start, _ in sent:
        assert sum(n for at, n in sent if start <= at < start + 59.999) <= limit + 1e-6


def test_a_call_larger_than_the_bucket_waits_for_it_to_fill_and_borrows_ahead() -> None:
    bucket, wait = Bucket.full(1000, 0.0).take(400, 0.0)
    assert wait == 0
    assert bucket.level == -300
    _, wait = bucket.take(10, 0.0)
    assert wait == pytest.approx(310 / 15)


def test_what_was_not_needed_is_given_back() -> None:
    bucket, _ = Bucket.full(1000, 0.0).take(90, 0.0)
    assert bucket.give_back(60, 0.0).level == 70


@pytest.mark.anyio
async def test_requests_beyond_the_burst_wait_their_turn() -> None:
    limits = MemoryLimits(Budget(None, Clock()), requests_per_minute=6000)
    loop = asyncio.get_running_loop()
    start = loop.time()
    await asyncio.gather(*(limits.enter(Draft(0, None), 10) for _ in range(620)))
    assert 0.15 < loop.time() - start < 2, "600 at once and 90 a second after that"


@pytest.mark.anyio
async def test_a_wait_beyond_the_deadline_is_refused_at_once_and_takes_nothing() -> None:
    limits = MemoryLimits(Budget(None, Clock()), tokens_per_minute=1000)
    await limits.enter(Draft(1000, None), 10)
    with pytest.raises(ModelTrouble, match="INTERVIEWER_TOKENS_PER_MINUTE") as caught:
        await limits.enter(Draft(1000, None), 10)
    assert caught.value.kind is Trouble.RATE_LIMITED
    await limits.settle(Draft(1000, None), 0, None)
    await limits.enter(Draft(100, None), 1)


@pytest.mark.anyio
async def test_the_day_s_budget_stops_before_the_call() -> None:
    clock = Clock()
    limits = MemoryLimits(Budget(0.10, clock))
    await limits.enter(Draft(0, 0.06), 1)
    await limits.settle(Draft(0, 0.06), 0, 0.05)
    with pytest.raises(ModelTrouble, match=r"\$0\.10 leaves no room \(\$0\.05 spent\)"):
        await limits.enter(Draft(0, 0.06), 1)
    clock.time += timedelta(days=1)
    await limits.enter(Draft(0, 0.06), 1)


@pytest.mark.anyio
async def test_a_budget_without_a_price_stops_everything_and_says_so() -> None:
    limits = MemoryLimits(Budget(1.0, Clock()))
    with pytest.raises(ModelTrouble, match="INTERVIEWER_PRICES"):
        await limits.enter(Draft(0, None), 1)


@pytest.mark.anyio
async def test_a_spent_budget_is_not_assessed_and_sends_nothing() -> None:
    prices = Prices({"fake": Price(input=1_000_000, output=0)})
    limits = MemoryLimits(Budget(0.5, Clock()))
    async with (
        ModelServer() as server,
        grader_at(server.url, limits=limits, prices=prices) as grader,
    ):
        grading = await grade_with(grader)
    assert grading.status is Status.UNGRADED
    assert grading.reason is not None
    assert "INTERVIEWER_BUDGET_USD_PER_DAY" in grading.reason
    assert not server.seen


@pytest.mark.anyio
async def test_real_usage_takes_the_place_of_the_estimate() -> None:
    prices = Prices({"fake": Price(input=1.0, output=2.0)})
    budget = Budget(5.0, Clock())
    async with (
        ModelServer() as server,
        grader_at(server.url, limits=MemoryLimits(budget), prices=prices) as grader,
    ):
        usage = (await grade_with(grader)).usage
    assert usage.cost_usd == pytest.approx(await budget.spent())


@pytest.mark.anyio
async def test_an_outline_counts_among_what_is_spent_without_a_ceiling_as_well() -> None:
    prices = Prices({"fake": Price(input=1.0, output=2.0)})
    limits = MemoryLimits(Budget(None, Clock()))
    async with (
        ModelServer() as server,
        grader_at(server.url, limits=limits, prices=prices) as grader,
    ):
        graded = (await grade_with(grader)).usage.cost_usd
        _, outlined = await grader.outline(QUESTION, STRONG, ())
        spent = await grader.spent()
    assert graded
    assert outlined.cost_usd
    assert spent == pytest.approx(graded + outlined.cost_usd)


@pytest.mark.anyio
async def test_a_record_that_cannot_be_written_stops_calls_only_where_there_is_a_ceiling(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    record = FileSpending(tmp_path / "file" / "spending.json")
    free = Budget(None, Clock(), record)
    await free.take(0.4)
    await free.correct(None, 0.4)
    assert await free.spent() == 0
    with pytest.raises(ModelTrouble, match="INTERVIEWER_DATA_DIR"):
        await Budget(1.0, Clock(), record).take(0.4)


@pytest.mark.anyio
async def test_processes_that_share_a_file_share_the_budget(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "new" / "spending.json"
    one, other = (Budget(1.0, clock, FileSpending(path)) for _ in range(2))
    await one.take(0.7)
    with pytest.raises(ModelTrouble):
        await other.take(0.4)
    await one.correct(0.7, 0.5)
    await other.take(0.4)
    assert await one.spent() == pytest.approx(0.9)
    clock.time += timedelta(days=1)
    assert await one.spent() == 0


@pytest.mark.anyio
async def test_a_torn_record_of_spending_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "spending.json"
    path.write_text('{"2026-11-', encoding="utf-8")
    await Budget(1.0, Clock(), FileSpending(path)).take(0.4)


class Gate:
    """Buckets that let nothing through until they are opened."""

    limits_tokens = False

    def __init__(self) -> None:
        self.is_open = False

    async def take(self, tokens: int, place: Place) -> float:
        return 0.0 if self.is_open else 0.01

    async def give_back(self, tokens: int) -> None:
        pass


async def order_of(*callers: tuple[str, bool]) -> list[str]:
    """Return who goes in which order once all of them wait."""
    gate, went = Gate(), list[str]()
    limits = FairLimits(gate, Budget(None, Clock()))

    async def call(owner: str, patient: bool) -> None:
        with on_behalf_of(owner, patient=patient):
            await limits.enter(Draft(0, None), 60)
        went.append(owner)

    tasks = [asyncio.create_task(call(*caller)) for caller in callers]
    await asyncio.sleep(0)
    gate.is_open = True
    await asyncio.gather(*tasks)
    return went


@pytest.mark.anyio
async def test_a_single_answer_s_calls_go_before_a_flood_s() -> None:
    went = await order_of(*[("flood", False)] * 20, *[("single", False)] * 3)
    assert went[:3] == ["single"] * 3


@pytest.mark.anyio
async def test_interactive_calls_go_before_a_batch_s_however_few_those_are() -> None:
    went = await order_of(*[("batch", True)] * 3, *[("person", False)] * 9)
    assert went == ["person"] * 9 + ["batch"] * 3


@pytest.mark.anyio
async def test_a_batch_waits_for_its_turn_beyond_the_deadline() -> None:
    limits = MemoryLimits(Budget(None, Clock()), requests_per_minute=120)
    async with (
        ModelServer() as server,
        grader_at(server.url, limits=limits, seconds=1) as grader,
    ):
        await asyncio.gather(*(limits.enter(Draft(0, None), 60) for _ in range(12)))
        with on_behalf_of("batch", patient=True):
            assert (await grade_with(grader)).status is Status.GRADED


@pytest.mark.anyio
async def test_a_caller_that_is_cancelled_leaves_the_queue() -> None:
    gate = Gate()
    limits = FairLimits(gate, Budget(None, Clock()))
    gone, later = (asyncio.create_task(limits.enter(Draft(0, None), 60)) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    gate.is_open = True
    await later
    assert gone.cancelled()
