"""The first call about an answer can go alone, to warm a provider's cache for the others."""

import asyncio

import pytest

from interviewer.domain.grading import CallShape, Status
from interviewer.grading.llm.gate import Gate
from tests.grading.llm.rig import grade_with, grader_at
from tests.model_server import ModelServer
from tests.model_server import Status as Answer

pytestmark = pytest.mark.anyio


async def test_the_others_wait_for_the_first_and_then_go_together() -> None:
    gate, inside, log = Gate(is_open=False), asyncio.Event(), list[str]()

    async def call(name: str) -> None:
        async with gate.passing():
            log.append(f"{name} begins")
            if name == "first":
                inside.set()
                await asyncio.sleep(0)
                log.append("first ends")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(call("first"))
        await inside.wait()
        tasks.create_task(call("second"))
        tasks.create_task(call("third"))
    assert log[:2] == ["first begins", "first ends"]
    assert set(log[2:]) == {"second begins", "third begins"}


@pytest.mark.parametrize("calls", [CallShape.DIMENSION, CallShape.CRITERION])
async def test_a_warmed_grading_begins_with_one_call_alone(calls: CallShape) -> None:
    async with (
        ModelServer() as server,
        grader_at(server.url, calls=calls, warm_cache=True) as grader,
    ):
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert len(server.seen) == {"dimension": 2, "criterion": 4}[calls.value]
    if calls is CallShape.DIMENSION:
        assert server.most_at_once == 1


async def test_a_first_call_that_fails_lets_the_others_go() -> None:
    async with ModelServer() as server, grader_at(server.url, warm_cache=True) as grader:
        server.script = [Answer(401)]
        grading = await grade_with(grader)
    assert grading.status is Status.PARTIAL
    assert len(server.seen) == 2
