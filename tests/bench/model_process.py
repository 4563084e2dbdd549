"""A model's server for benches, in a process of its own, that costs next to no time itself.

`python -m tests.bench.model_process DELAY A_TOKEN`: seconds before the first byte, and for every
four characters. It judges each criterion met, as `tests.model_server` does, but reads a request
only once: what it replies depends on the claims at the end of it, and replies are kept.
"""

import asyncio
import json
import re
import sys
from dataclasses import dataclass

from tests.model_server import Json, Say, Seen, met_everywhere

_CLAIMS = b"Rule on\\n"
_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: "


@dataclass(frozen=True)
class Reply:
    """What is sent, piece by piece; the time between two pieces is that of a token."""

    pieces: tuple[bytes, ...]
    tokens_before: int
    """Tokens that are written before the first piece: all of them without a stream."""


class Judge:
    """Makes the reply to a request, and keeps it for others with the same claims."""

    def __init__(self) -> None:
        self._made: dict[bytes, Reply] = {}

    def reply(self, body: bytes) -> Reply:
        key = body[body.rfind(_CLAIMS) :]
        if key not in self._made:
            self._made[key] = _make(Seen("/v1/chat/completions", json.loads(body), {}))
        return self._made[key]


def _make(seen: Seen) -> Reply:
    said = met_everywhere(seen)
    assert isinstance(said, Say)
    tokens = re.findall(r".{1,4}", said.text, re.DOTALL)
    usage: Json = {"prompt_tokens": len(seen.text) // 4, "completion_tokens": len(tokens)}
    if seen.streams:
        return Reply(tuple(_stream(tokens, usage)), 0)
    message = {"role": "assistant", "content": said.text}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    body = json.dumps(
        {"id": "x", "object": "chat.completion", "choices": [choice], "usage": usage}
    ).encode()
    head = _HEAD + b"application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
    return Reply((head + body,), len(tokens))


def _stream(tokens: list[str], usage: Json) -> list[bytes]:
    """Return the events as chunks of one response, so that the connection can be used again."""
    deltas: list[Json] = [{"index": 0, "delta": {"content": token}} for token in tokens]
    deltas.append({"index": 0, "delta": {}, "finish_reason": "stop"})
    bodies: list[Json] = [{"object": "chat.completion.chunk", "choices": [d]} for d in deltas]
    bodies.append({"choices": (), "usage": usage})
    events = [f"data: {json.dumps(body)}\n\n".encode() for body in bodies]
    chunks = [b"%x\r\n%b\r\n" % (len(event), event) for event in (*events, b"data: [DONE]\n\n")]
    chunks[0] = _HEAD + b"text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n" + chunks[0]
    chunks[-1] += b"0\r\n\r\n"
    return chunks


class Wire(asyncio.Protocol):
    """Speaks as much HTTP as the clients of the benches do."""

    def __init__(self, judge: Judge, delay: float, a_token: float) -> None:
        self._judge = judge
        self._delay = delay
        self._a_token = a_token
        self._received = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, rest = self._received.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        size = int(length[1]) if length else 0
        if end and len(rest) >= size:
            self._received = rest[size:]
            self._answer(self._judge.reply(rest[:size]))

    def _answer(self, reply: Reply) -> None:
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        at = loop.time() + self._delay + self._a_token * reply.tokens_before
        if not self._a_token:
            loop.call_at(at, self._transport.write, b"".join(reply.pieces))
            return
        for number, piece in enumerate(reply.pieces):
            loop.call_at(at + number * self._a_token, self._transport.write, piece)


async def main(delay: float, a_token: float) -> None:
    judge = Judge()
    server = await asyncio.get_running_loop().create_server(
        lambda: Wire(judge, delay, a_token), "127.0.0.1", 0, backlog=2048
    )
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*map(float, sys.argv[1:])))
