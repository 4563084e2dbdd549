"""What a server does not take is found out once, and remembered."""

import json
from collections.abc import Callable

import pytest
from pydantic import BaseModel

from interviewer.domain.grading import CallShape, Status
from tests.grading.llm.rig import grade_with, grader_at
from tests.model_server import Action, ModelServer, Seen, met_everywhere
from tests.model_server import Status as Answer

pytestmark = pytest.mark.anyio


class Format(BaseModel):
    type: str


def output_of(seen: Seen) -> str | None:
    """Return the kind of structured output that a request asks for."""
    wanted = seen.body.get("response_format")
    return Format.model_validate(wanted).type if wanted else None


def takes(
    *formats: str, temperature: bool = True, limit: str = "max_tokens"
) -> Callable[[Seen], Action]:
    """Return a judge that complains about all that an older server does not know."""

    def judge(seen: Seen) -> Action:
        kind = output_of(seen) or "text"
        if kind not in formats:
            return Answer(400, f"response_format of type {kind!r} is not supported")
        if "temperature" in seen.body and not temperature:
            return Answer(400, "Unsupported value", "unsupported_value", "temperature")
        for name in ("max_tokens", "max_completion_tokens"):
            if name in seen.body and name != limit:
                return Answer(422, f"unknown field {name}")
        return met_everywhere(seen)

    return judge


@pytest.mark.parametrize(
    ("formats", "mode"),
    [
        pytest.param(("json_schema", "json_object", "text"), "json_schema", id="strict"),
        pytest.param(("json_object", "text"), "json_object", id="object"),
        pytest.param(("text",), None, id="plain"),
    ],
)
async def test_structured_output_is_as_strict_as_the_server_can(
    formats: tuple[str, ...], mode: str | None
) -> None:
    async with ModelServer(takes(*formats)) as server, grader_at(server.url) as grader:
        first = await grade_with(grader)
        before = len(server.seen)
        second = await grade_with(grader)
    assert (first.status, second.status) == (Status.GRADED, Status.GRADED)
    learnt = server.seen[before:]
    assert len(learnt) == 2, "the second grading knows what the first has found out"
    for seen in learnt:
        assert output_of(seen) == mode


async def test_a_strict_schema_is_closed_and_requires_every_field() -> None:
    async with ModelServer() as server, grader_at(server.url) as grader:
        await grade_with(grader)
    sent = json.dumps(server.seen[0].body["response_format"])
    assert '"strict": true' in sent
    assert sent.count('"additionalProperties": false') == sent.count('"properties"') == 2


async def test_a_temperature_is_dropped_where_it_is_not_taken() -> None:
    judge = takes("json_schema", temperature=False)
    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
        await grade_with(grader)
    assert grading.status is Status.GRADED
    assert server.seen[0].body["temperature"] == 0
    assert "temperature" not in server.seen[-1].body


async def test_the_newer_name_of_the_token_limit_is_tried_after_the_older() -> None:
    judge = takes("json_schema", limit="max_completion_tokens")
    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        assert (await grade_with(grader)).status is Status.GRADED
    assert "max_completion_tokens" in server.seen[-1].body


async def test_a_server_that_knows_nothing_new_is_still_graded_with() -> None:
    judge = takes("text", temperature=False, limit="neither")
    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        assert (await grade_with(grader)).status is Status.GRADED
    assert set(server.seen[-1].body) == {"model", "messages"}


@pytest.mark.parametrize("calls", [CallShape.DIMENSION, CallShape.ANSWER])
async def test_a_server_with_responses_alone_is_asked_there(calls: CallShape) -> None:
    def judge(seen: Seen) -> Action:
        if not seen.path.endswith("/responses"):
            return Answer(404, "This is not a chat model; use v1/responses", "invalid_request")
        return met_everywhere(seen)

    async with ModelServer(judge) as server, grader_at(server.url, calls=calls) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert grading.usage.input_tokens > 0
    last = server.seen[-1]
    assert last.path == "/v1/responses"
    assert last.body["store"] is False
    assert "input" in last.body


async def test_a_stream_without_its_options_still_streams() -> None:
    def judge(seen: Seen) -> Action:
        if "stream_options" in seen.body:
            return Answer(400, "unknown field stream_options")
        return met_everywhere(seen)

    async with (
        ModelServer(judge) as server,
        grader_at(server.url, calls=CallShape.ANSWER) as grader,
    ):
        assert (await grade_with(grader)).status is Status.GRADED
    assert server.seen[-1].streams
