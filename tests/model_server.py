"""A scripted server that speaks the OpenAI protocol over real HTTP: both APIs, streamed or not.

A judge decides what to do about each request; faults can be scripted to come first. Nothing of
the SDK is patched.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from pydantic import TypeAdapter

Json = dict[str, object]

_MESSAGES = TypeAdapter(list[dict[str, str]])
_NUMBERS = TypeAdapter(list[int])


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    path: str
    body: Json
    headers: dict[str, str]

    @property
    def streams(self) -> bool:
        return self.body.get("stream") is True

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Return role and text of each message, from either API."""
        found = _MESSAGES.validate_python(self.body.get("messages") or self.body.get("input") or [])
        return [(message["role"], message["content"]) for message in found]

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.messages)

    @property
    def sentences(self) -> dict[int, str]:
        """Return the numbered sentences between the answer's tags."""
        fenced = re.search(r"<answer \w+>\n(.*?)\n</answer", self.text, re.DOTALL)
        lines = fenced.group(1).splitlines() if fenced else []
        return {int(n): t for n, _, t in (line.partition(": ") for line in lines) if n.isdigit()}

    @property
    def claims(self) -> dict[str, list[str]]:
        """Return the ids that are to be ruled on, by dimension."""
        found: dict[str, list[str]] = {}
        for line in self.text.partition("\nRule on\n")[2].splitlines():
            if head := re.match(r"# ([\w-]+): ", line):
                found[head[1]] = []
            elif claim := re.match(r"([\w-]+)(:|, wrong claim:) ", line):
                next(reversed(found.values())).append(claim[1])
        return found

    @property
    def wrong_claims(self) -> list[str]:
        return re.findall(r"^([\w-]+), wrong claim:", self.text, re.MULTILINE)

    @property
    def wants_dimensions(self) -> bool:
        """Tell whether the reply is to hold dimensions, as in the call shape `answer`."""
        return '{"dimensions"' in self.text


@dataclass(frozen=True)
class Say:
    """Answer with this text."""

    text: str
    finish: str = "stop"
    refusal: str | None = None
    usage: bool = True
    cached: int = 0
    delay: float = 0.0
    """Seconds before the first byte."""
    breaks: bool = False
    """Break the connection where the stream would end."""
    a_token: float = 0.0
    """Seconds for every four characters, as a model would take to write them."""


@dataclass(frozen=True)
class Status:
    """Answer with an error."""

    status: int
    message: str = "scripted"
    code: str | None = None
    param: str | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Raw:
    """Answer with these bytes."""

    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    status: int = 200


@dataclass(frozen=True)
class Reset:
    """Break the connection after this many bytes of a good reply's body."""

    after: int = 40


@dataclass(frozen=True)
class BreakStream:
    """Stream a good reply as far as this text, and break the connection there."""

    keep: str


@dataclass(frozen=True)
class Drip:
    """Send one byte of a good reply each so many seconds: a slow-loris."""

    seconds: float


@dataclass(frozen=True)
class Hang:
    """Never answer."""


Action = Say | Status | Raw | Reset | BreakStream | Drip | Hang
Judge = Callable[[Seen], Action]


class ModelServer:
    """Serves on a free port of the loopback; `seen` records every request."""

    def __init__(self, judge: Judge | None = None, models: Sequence[str] = ("fake",)) -> None:
        self.judge: Judge = judge or met_everywhere
        self.script: list[Action] = []
        self.seen: list[Seen] = []
        self.hung_up = 0
        """Connections that the client closed while it was owed a reply."""
        self.most_at_once = 0
        self._models = models
        self._at_once = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while (seen := await _read(reader)) is not None:
                self._at_once += 1
                self.most_at_once = max(self.most_at_once, self._at_once)
                try:
                    await self._answer(seen, reader, writer)
                finally:
                    self._at_once -= 1
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(
        self, seen: Seen, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if seen.path.endswith("/models"):
            listed = [{"id": m, "object": "model"} for m in self._models]
            await _send(writer, _head(200), json.dumps({"object": "list", "data": listed}).encode())
            return
        self.seen.append(seen)
        action = self.script.pop(0) if self.script else self.judge(seen)
        work = asyncio.ensure_future(self._act(action, seen, writer))
        gone = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                self.hung_up += 1
                raise ConnectionError("the client hung up")
            await work
        finally:
            # `gone` would eat the first byte of the next request: it must be cancelled first.
            work.cancel()
            gone.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)

    async def _act(self, action: Action, seen: Seen, writer: asyncio.StreamWriter) -> None:
        if isinstance(action, Hang):
            await asyncio.sleep(3600)
        elif isinstance(action, Status):
            error = {"message": action.message, "code": action.code, "param": action.param}
            body = json.dumps({"error": error}).encode()
            await _send(writer, _head(action.status, headers=action.headers), body)
        elif isinstance(action, Raw):
            head = _head(action.status, action.content_type, action.headers)
            await _send(writer, head, action.body)
        elif isinstance(action, Say):
            await self._say(action, seen, writer)
        elif isinstance(action, BreakStream):
            said = self.judge(seen)
            assert isinstance(said, Say)
            kept = said.text.partition(action.keep)[0]
            await self._say(replace(said, text=kept, breaks=True), seen, writer)
        else:
            await self._break(action, seen, writer)

    async def _break(self, action: Reset | Drip, seen: Seen, writer: asyncio.StreamWriter) -> None:
        said = self.judge(seen)
        body = _body(said if isinstance(said, Say) else Say("{}"), seen)
        writer.write(_head(200) + f"content-length: {len(body)}\r\n\r\n".encode())
        if isinstance(action, Reset):
            writer.write(body[: action.after])
            await writer.drain()
            writer.transport.abort()
            return
        for byte in body:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(action.seconds)

    async def _say(self, say: Say, seen: Seen, writer: asyncio.StreamWriter) -> None:
        pieces = re.findall(r".{1,4}", say.text, re.DOTALL)
        if not seen.streams:
            await _pause(say.delay + say.a_token * len(pieces))
            await _send(writer, _head(200), _body(say, seen))
            return
        await _pause(say.delay)
        writer.write(_head(200, "text/event-stream") + b"connection: close\r\n\r\n")
        late = asyncio.get_running_loop().time()
        for event in _events(say, seen, pieces)[: -2 if say.breaks else None]:
            writer.write(f"data: {json.dumps(event)}\n\n".encode())
            await writer.drain()
            late += say.a_token
            await _pause(late - asyncio.get_running_loop().time())
        if say.breaks:
            writer.transport.abort()
            return
        writer.write(b"data: [DONE]\n\n")
        await writer.drain()
        writer.close()


async def _pause(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)


async def _read(reader: asyncio.StreamReader) -> Seen | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.split("\r\n")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines) if k}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Seen(first.split(" ")[1], json.loads(body) if body else {}, headers)


def _head(
    status: int, content_type: str = "application/json", headers: dict[str, str] | None = None
) -> bytes:
    lines = [f"HTTP/1.1 {status} Scripted", f"content-type: {content_type}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n").encode()


async def _send(writer: asyncio.StreamWriter, head: bytes, body: bytes) -> None:
    writer.write(head + f"content-length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()


def _usage(say: Say, seen: Seen) -> Json | None:
    if not say.usage:
        return None
    before, after = len(seen.text) // 4, len(say.text) // 4
    if seen.path.endswith("/responses"):
        return {
            "input_tokens": before,
            "output_tokens": after,
            "input_tokens_details": {"cached_tokens": say.cached},
        }
    return {
        "prompt_tokens": before,
        "completion_tokens": after,
        "prompt_tokens_details": {"cached_tokens": say.cached},
    }


def _body(say: Say, seen: Seen) -> bytes:
    if seen.path.endswith("/responses"):
        return json.dumps(_response(say, seen)).encode()
    message = {"role": "assistant", "content": say.text, "refusal": say.refusal}
    choice = {"index": 0, "finish_reason": say.finish, "message": message}
    return json.dumps(
        {"id": "x", "object": "chat.completion", "choices": [choice], "usage": _usage(say, seen)}
    ).encode()


_INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}


def _response(say: Say, seen: Seen) -> Json:
    content: list[Json] = [{"type": "output_text", "text": say.text, "annotations": []}]
    if say.refusal:
        content = [{"type": "refusal", "refusal": say.refusal}]
    reason = _INCOMPLETE.get(say.finish)
    return {
        "id": "x",
        "object": "response",
        "status": "incomplete" if reason else "completed",
        "incomplete_details": {"reason": reason} if reason else None,
        "output": [{"type": "message", "role": "assistant", "content": content}],
        "usage": _usage(say, seen),
    }


def _events(say: Say, seen: Seen, pieces: Sequence[str]) -> list[Json]:
    """Return the events of a stream; the last two are its end."""
    return list(_each_event(say, seen, pieces))


def _each_event(say: Say, seen: Seen, pieces: Sequence[str]) -> Iterator[Json]:
    if seen.path.endswith("/responses"):
        for piece in pieces:
            yield {"type": "response.output_text.delta", "delta": piece}
        kind = "response.incomplete" if say.finish in _INCOMPLETE else "response.completed"
        yield {"type": kind, "response": _response(say, seen)}
        return
    for piece in pieces:
        yield {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
    last: Json = {"refusal": say.refusal} if say.refusal else {}
    yield {"choices": [{"index": 0, "delta": last, "finish_reason": say.finish}]}
    if say.usage:
        yield {"choices": [], "usage": _usage(say, seen)}


def rulings(seen: Seen, rule: Callable[[str], Json]) -> str:
    """Return a reply to a request in the shape that it wants, with one ruling for each claim.

    `rule` gives `evidence`, `words`, `reasoning` and `verdict` for an id.
    """
    if not seen.wants_dimensions:
        found = [{"id": id_, **rule(id_)} for ids in seen.claims.values() for id_ in ids]
        return json.dumps({"rulings": found}, separators=(",", ":"))
    dimensions: list[Json] = []
    for dimension, ids in seen.claims.items():
        ruled = {id_: rule(id_) for id_ in ids}
        dimensions.append(
            {
                "id": dimension,
                "reasoning": next(iter(ruled.values()))["reasoning"],
                "rulings": [
                    f"{id_} {_numbers(each['evidence'])} {each['verdict']}"
                    for id_, each in ruled.items()
                ],
            }
        )
    return json.dumps({"dimensions": dimensions}, separators=(",", ":"))


def _numbers(evidence: object) -> str:
    return ",".join(str(number) for number in _NUMBERS.validate_python(evidence)) or "-"


def ruling(
    verdict: str, evidence: Sequence[int] = (), words: str = "", reasoning: str = "because"
) -> Json:
    """Return one ruling."""
    return {
        "evidence": list(evidence),
        "words": words,
        "reasoning": reasoning,
        "verdict": verdict,
    }


def met_everywhere(seen: Seen) -> Action:
    """Judge every criterion met by the first sentence, and no wrong claim asserted."""
    wrong = seen.wrong_claims
    return Say(
        rulings(seen, lambda id_: ruling("not_asserted" if id_ in wrong else "met", [1]))
        if seen.claims
        else "A follow-up question?"
    )
