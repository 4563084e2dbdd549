"""Servers that answer, but not as the protocol says: what is there is used, and nothing is lost."""

import gzip
import json
from collections.abc import Callable

import pytest

from interviewer.domain.grading import CallShape, Grading, Status
from tests.grading.drift import QUESTION
from tests.grading.llm.rig import grade_with, grader_at, verdicts
from tests.model_server import Action, Json, ModelServer, Raw, Say, Seen, met_everywhere

pytestmark = pytest.mark.anyio

PARTS = len(QUESTION.dimensions)
COUNTS: Json = {"prompt_tokens": 90, "completion_tokens": 10}
HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def good(seen: Seen) -> str:
    """Return the text of a good reply."""
    said = met_everywhere(seen)
    assert isinstance(said, Say)
    return said.text


def body(message: Json, usage: object = COUNTS, **beside: object) -> bytes:
    """Return a Chat Completions body; `beside` stands next to its choices."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **message}}
    return json.dumps({"choices": [choice], "usage": usage, **beside}).encode()


def events(text: str, *, finish: str | None = "stop", done: bool = True) -> bytes:
    """Return a stream of a few events; `finish` is the reason that the last one gives."""
    cut = len(text) // 3
    deltas: list[Json] = [{"content": piece} for piece in (text[:cut], text[cut:]) if piece]
    chunks: list[Json] = [{"choices": [{"index": 0, "delta": delta}]} for delta in deltas]
    if finish:
        chunks.append({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    return "".join((*lines, "data: [DONE]\n\n" if done else "")).encode()


def stream(content: bytes) -> Raw:
    return Raw(content, "text/event-stream; charset=utf-8")


Variant = Callable[[str], Action]


async def graded_by(variant: Variant, calls: CallShape) -> tuple[Grading, int]:
    """Return the grading by a server that sends good replies in its own way, and its requests."""
    async with (
        ModelServer(lambda seen: variant(good(seen))) as server,
        grader_at(server.url, calls=calls) as grader,
    ):
        return await grade_with(grader), len(server.seen)


def called(text: str) -> Json:
    call = {"id": "c", "type": "function", "function": {"name": "rulings", "arguments": text}}
    return {"content": None, "tool_calls": [call]}


BODIES: dict[str, Variant] = {
    "content in parts": lambda text: Raw(
        body({"content": [{"type": "text", "text": text[:9]}, text[9:]]})
    ),
    "a tool call instead of content": lambda text: Raw(body(called(text))),
    "the reply beside the reasoning": lambda text: Raw(
        body({"content": None, "reasoning_content": text})
    ),
    "reasoning beside the reply": lambda text: Raw(
        body({"content": text, "reasoning_content": "Is it met? {}"})
    ),
    "gzip": lambda text: Raw(
        gzip.compress(body({"content": text})), headers={"content-encoding": "gzip"}
    ),
    "a stream though none was asked for": lambda text: stream(events(text)),
    "unknown fields": lambda text: Raw(
        body({"content": text, "annotations": [], "audio": None}, id=7)
    ),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_reply_in_another_dress_costs_no_call_and_no_point(name: str) -> None:
    grading, calls = await graded_by(BODIES[name], CallShape.DIMENSION)
    assert grading.status is Status.GRADED
    assert set(verdicts(grading).values()) == {"met"}
    assert calls == PARTS


STREAMS: dict[str, Variant] = {
    "carriage returns": lambda text: stream(events(text).replace(b"\n", b"\r\n")),
    "comments and words that are no JSON": lambda text: stream(
        b": ping\n\nevent: x\n" + events(text) + b"data: bye"
    ),
    "no space after data": lambda text: stream(events(text).replace(b"data: ", b"data:")),
    "no end mark": lambda text: stream(events(text, done=False)),
    "no reason to finish": lambda text: stream(events(text, finish=None)),
    "not said to be a stream": lambda text: Raw(events(text), "text/plain"),
    "no stream though asked for": lambda text: Raw(body({"content": text})),
    "gzip": lambda text: Raw(
        gzip.compress(events(text)), "text/event-stream", {"content-encoding": "gzip"}
    ),
    "every dimension twice in the same words": lambda text: stream(events(text + text)),
    "characters that end lines elsewhere": lambda text: stream(
        events(text.replace("because", "a\u2028b\x85c"))
    ),
}


@pytest.mark.parametrize("name", STREAMS)
async def test_a_stream_in_another_dress_costs_no_call_and_no_point(name: str) -> None:
    grading, calls = await graded_by(STREAMS[name], CallShape.ANSWER)
    assert grading.status is Status.GRADED
    assert set(verdicts(grading).values()) == {"met"}
    assert calls == 1


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(b'data: {"choices": [{"index": 0, "del', id="cut inside an event"),
        pytest.param(b'data: {"error": {"message": "gpu"}}\n\n', id="an error in the stream"),
    ],
)
async def test_a_stream_that_ends_badly_keeps_what_had_arrived(end: bytes) -> None:
    def judge(seen: Seen) -> Action:
        text = good(seen)
        if len(server.seen) > 1:
            return stream(events(text))
        kept = text.partition('{"id":"response"')[0]
        return stream(events(kept, finish=None, done=False) + end)

    async with ModelServer() as server, grader_at(server.url, calls=CallShape.ANSWER) as grader:
        server.judge = judge
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert [list(seen.claims) for seen in server.seen] == [["tests", "response"], ["response"]]


@pytest.mark.parametrize(
    ("usage", "beside", "tokens"),
    [
        pytest.param(COUNTS, {}, 90 * PARTS, id="where it belongs"),
        pytest.param(None, {"x_groq": {"usage": COUNTS}}, 90 * PARTS, id="in a vendor's field"),
        pytest.param({"prompt_tokens": 90.0}, {}, 90 * PARTS, id="as a fraction"),
        pytest.param("n/a", {}, 0, id="words"),
        pytest.param({"prompt_tokens": -1}, {}, 0, id="below nothing"),
        pytest.param([], {}, 0, id="a list"),
        pytest.param({"prompt_tokens": 90, "prompt_tokens_details": []}, {}, 180, id="no details"),
    ],
)
async def test_usage_is_read_where_it_is_and_never_in_the_way(
    usage: object, beside: Json, tokens: int
) -> None:
    grading, _ = await graded_by(
        lambda text: Raw(body({"content": text}, usage, **beside)), CallShape.DIMENSION
    )
    assert grading.status is Status.GRADED
    assert grading.usage.input_tokens == tokens


async def test_usage_in_the_last_choice_of_a_stream_is_counted() -> None:
    last = json.dumps({"choices": [{"index": 0, "delta": {}, "usage": COUNTS}]})
    grading, _ = await graded_by(
        lambda text: stream(events(text, done=False) + f"data: {last}\n\n".encode()),
        CallShape.ANSWER,
    )
    assert grading.usage.input_tokens == 90


@pytest.mark.parametrize(
    ("action", "calls_a_part", "sentence"),
    [
        pytest.param(
            Raw(b'{"error": {"message": "slow down", "code": 429}}'),
            4,
            "(429)",
            id="429 inside 200",
        ),
        pytest.param(
            Raw(b'{"error": {"message": "no such key", "code": "401"}}'),
            1,
            "OPENAI_API_KEY",
            id="401 inside 200",
        ),
        pytest.param(Raw(b'{"error": "out of memory"}'), 4, "out of memory", id="error inside 200"),
        pytest.param(Raw(b'{"detail": "loading"}'), 4, "loading", id="detail inside 200"),
        pytest.param(Raw(HTML, "text/html"), 2, "OPENAI_BASE_URL", id="a page inside 200"),
        pytest.param(Raw(HTML, "text/html", status=502), 4, "failed (502)", id="a proxy's page"),
        pytest.param(Raw(HTML, "text/html", status=404), 2, "ends in /v1", id="a page inside 404"),
        pytest.param(Raw(HTML, "text/html", status=400), 5, "(400): nginx", id="a page inside 400"),
        pytest.param(Raw(b"[]"), 2, "not an OpenAI-style reply", id="a list"),
        pytest.param(Raw(b'{"choices": [null]}'), 2, "not an OpenAI-style", id="a null choice"),
        pytest.param(Raw(body({"content": None})), 2, "could not be read", id="null content"),
        pytest.param(
            Raw(body({"content": "", "reasoning_content": "I think that it is met."})),
            2,
            "could not be read",
            id="reasoning alone",
        ),
        pytest.param(
            Raw(b"\x1f\x8bbroken", headers={"content-encoding": "gzip"}),
            4,
            "broke the connection",
            id="broken gzip",
        ),
        pytest.param(
            Raw(b'{"error": {"message": "pay", "code": "x"}}', status=402), 1, "plan", id="402"
        ),
        pytest.param(
            Raw(b'{"detail": "maximum context length is 4096"}', status=400),
            1,
            "shorten the answer",
            id="the reason under another name",
        ),
    ],
)
async def test_what_is_no_reply_is_not_assessed_and_says_what_to_do(
    action: Action, calls_a_part: int, sentence: str
) -> None:
    async with ModelServer(lambda seen: action) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.UNGRADED
    assert grading.score is None
    assert grading.reason is not None
    assert sentence in grading.reason
    assert "<" not in grading.reason
    assert len(server.seen) <= calls_a_part * PARTS
