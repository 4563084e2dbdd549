"""The client against a scripted service; the real one is tested in tests/api."""

import json
from collections.abc import Callable

import httpx2
import pytest

from interviewer.client import Client
from interviewer.errors import (
    Conflict,
    InputError,
    InterviewerError,
    KeyReused,
    LimitReached,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Unavailable,
)

Handler = Callable[[httpx2.Request], httpx2.Response]


def client_of(handler: Handler) -> Client:
    http = httpx2.Client(base_url="http://test", transport=httpx2.MockTransport(handler))
    return Client(http=http, pause=lambda seconds: None)


def problem(status: int, *, kind: str = "x", headers: dict[str, str] | None = None) -> Handler:
    body = {
        "type": f"urn:interviewer:problem:{kind}",
        "title": "Title",
        "status": status,
        "detail": "What happened, to what, what to do.",
        "instance": None,
        "errors": [{"field": "answer", "message": "too long"}] if status == 422 else [],
    }
    return lambda request: httpx2.Response(status, json=body, headers=headers)


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [
        pytest.param(401, "x", NotSignedIn, id="no-key"),
        pytest.param(403, "x", NotAllowed, id="no-scope"),
        pytest.param(404, "x", NotFound, id="unknown"),
        pytest.param(409, "x", Conflict, id="state"),
        pytest.param(413, "x", InputError, id="too-large"),
        pytest.param(422, "x", InputError, id="bad-field"),
        pytest.param(422, "key-reused", KeyReused, id="key-reused"),
        pytest.param(503, "x", Unavailable, id="stopping"),
    ],
)
def test_a_problem_becomes_our_error_with_its_sentence(
    status: int, kind: str, error: type[InterviewerError]
) -> None:
    with pytest.raises(error, match="What happened, to what, what to do") as caught:
        client_of(problem(status, kind=kind)).attempt("a1")
    assert type(caught.value) is error


def test_the_field_of_a_bad_request_is_named() -> None:
    with pytest.raises(InputError) as caught:
        client_of(problem(422)).grade("q", "answer")
    assert caught.value.field == "answer"


def test_a_limit_says_when_to_come_back() -> None:
    with pytest.raises(LimitReached) as caught:
        client_of(problem(429, headers={"Retry-After": "7"})).topics()
    assert caught.value.retry_after == 7


def test_a_service_that_is_not_there_is_one_sentence() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused", request=request)

    with pytest.raises(Unavailable, match="start it with `interviewer up`"):
        client_of(refuse).about()


@pytest.mark.parametrize("body", [b"<html>", b"{}"])
def test_a_reply_that_is_not_ours_is_one_sentence(body: bytes) -> None:
    with pytest.raises(Unavailable, match="different versions"):
        client_of(lambda request: httpx2.Response(200, content=body)).about()


def test_each_submission_without_a_key_gets_a_fresh_one() -> None:
    keys: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        keys.append(request.headers["Idempotency-Key"])
        assert json.loads(request.content)["question_id"] == "q"
        return problem(404)(request)

    for _ in range(2):
        with pytest.raises(NotFound):
            client_of(handler).grade("q", "answer")
    assert len(set(keys)) == 2


MISCONCEPTION = (
    '{"id":"m","dimension":"d","statement":"s","verdict":"asserted","points":1.0,'
    '"evidence":[],"correction":"c"}'
)


def stream(*ids: int) -> str:
    return "".join(f"id: {i}\nevent: misconception\ndata: {MISCONCEPTION}\n\n" for i in ids)


def test_a_broken_stream_is_taken_up_where_it_broke() -> None:
    asked: list[str | None] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.headers.get("Last-Event-ID"))
        if len(asked) > 2:
            return problem(404)(request)
        text = stream(1, 2) if len(asked) == 1 else stream(3)
        return httpx2.Response(200, text=text, headers={"Content-Type": "text/event-stream"})

    seen: list[int] = []
    with pytest.raises(NotFound):
        seen.extend(event.id for event in client_of(handler).events("g"))
    assert asked == [None, "2", "3"]


def test_a_stream_that_keeps_breaking_is_given_up() -> None:
    empty = httpx2.Response(200, text="", headers={"Content-Type": "text/event-stream"})
    with pytest.raises(Unavailable, match="keep breaking off"):
        list(client_of(lambda request: empty).events("g"))
