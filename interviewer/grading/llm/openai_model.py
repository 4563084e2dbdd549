"""Asks a model through the openai SDK; the only module that knows the SDK.

One request is one HTTP request, or one more for each thing that the server turns out not to take
(see `dialect`). Nothing is retried here and the SDK's own retries are off: `calling` retries.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx2
import openai
from openai import AsyncOpenAI, Omit, omit
from openai.types.chat import ChatCompletionMessageParam
from openai.types.responses import ResponseInputParam, ResponseTextConfigParam

from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.chat_model import Ending, Listen, OutputShape, Reply, Request
from interviewer.grading.llm.complaints import Complaints
from interviewer.grading.llm.dialect import Api, Dialect, DialectMemory, Output
from interviewer.grading.llm.openai_wire import (
    ChatBody,
    ResponsesBody,
    ResponsesEvent,
    check_error,
    parse,
    read_chat,
    read_responses,
)

CONNECT_SECONDS = 10.0
_KEPT = httpx2.Limits(max_connections=1_000, max_keepalive_connections=1_000)
"""The SDK keeps 100 idle connections: a batch of 32 answers with 6 calls each needs 192, and would
make new ones all the time."""
MOST_TRIES = 8
"""Requests for one reply while a server's dialect is being learnt; each takes one thing away."""
LONGEST_REPLY = 200_000
"""Characters; the longest honest reply is a hundred times shorter."""


class OpenAIModel:
    """One model on one OpenAI-compatible server, with one pool of connections."""

    def __init__(self, base_url: str, api_key: str, model: str) -> None:
        # A server on one's own machine needs no key; the SDK wants a text that is not empty.
        self._client = AsyncOpenAI(
            base_url=base_url,
            api_key=api_key or "none",
            max_retries=0,
            http_client=openai.DefaultAsyncHttpxClient(limits=_KEPT),
        )
        self._memory = DialectMemory(Dialect.towards(base_url))
        self._server = urlsplit(base_url).netloc.rpartition("@")[2] or "with no address"
        self._complaints = Complaints(self._server, model)
        self.name = model

    @property
    def server(self) -> str:
        """Return host and port, for sentences."""
        return self._server

    @property
    def dialect(self) -> Dialect:
        """Return what has been learnt of the server so far."""
        return self._memory.current

    async def close(self) -> None:
        await self._client.close()

    async def models(self) -> tuple[str, ...]:
        """Return the ids that the server lists. Raises: ModelTrouble."""
        async with self._translated(CONNECT_SECONDS):
            page = await self._client.models.list(timeout=CONNECT_SECONDS)
            return tuple(sorted(str(model.id) for model in page.data or ()))

    async def ask(self, request: Request, seconds: float, listen: Listen | None = None) -> Reply:
        """Return the reply, streaming it where someone listens. Raises: ModelTrouble."""
        end = asyncio.get_running_loop().time() + seconds
        trouble: ModelTrouble | None = None
        for _ in range(MOST_TRIES):
            dialect = self._memory.current
            left = end - asyncio.get_running_loop().time()
            try:
                async with self._translated(left, dialect.api):
                    return _bounded(await self._send(request, dialect, left, listen))
            except ModelTrouble as caught:
                trouble = caught
                learns = caught.kind is Trouble.REJECTED
                if not learns or not self._memory.learn(dialect, str(caught)):
                    raise
        raise trouble or ModelTrouble(Trouble.REJECTED, "The server took no request.")

    @asynccontextmanager
    async def _translated(self, seconds: float, api: Api = Api.RESPONSES) -> AsyncGenerator[None]:
        """Turn what the SDK and its HTTP client raise into our trouble."""
        try:
            async with asyncio.timeout(seconds):
                yield
        except (openai.OpenAIError, httpx2.HTTPError, TimeoutError, ValueError) as error:
            raise self._trouble(error, seconds, api) from error

    def _trouble(self, error: Exception, seconds: float, api: Api) -> ModelTrouble:
        if isinstance(error, openai.APIStatusError):
            return self._complaints.of_status(
                error.status_code,
                f"{error.message} {error.code or ''} {error.param or ''}",
                error.response.headers,
                chat=api is Api.CHAT,
            )
        if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException | TimeoutError):
            return self._complaints.timeout(seconds)
        cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
        if isinstance(cause, httpx2.ConnectError):
            return self._complaints.unreachable()
        if isinstance(cause, httpx2.HTTPError):
            return self._complaints.lost()
        return self._complaints.unreadable()

    async def _send(
        self, request: Request, dialect: Dialect, seconds: float, listen: Listen | None
    ) -> Reply:
        if dialect.api is Api.CHAT:
            if listen is None:
                return await self._chat(request, dialect, seconds)
            return await self._chat_stream(request, dialect, seconds, listen)
        if listen is None:
            return await self._responses(request, dialect, seconds)
        return await self._responses_stream(request, dialect, seconds, listen)

    async def _chat(self, request: Request, dialect: Dialect, seconds: float) -> Reply:
        raw = await self._client.chat.completions.with_raw_response.create(
            model=self.name,
            messages=_messages(request),
            extra_body=_response_format(request.shape, dialect),
            temperature=_temperature(request, dialect),
            max_completion_tokens=_limit(request, dialect, "max_completion_tokens"),
            max_tokens=_limit(request, dialect, "max_tokens"),
            timeout=_timeout(seconds),
        )
        return read_chat([parse(ChatBody, raw.text)])

    async def _chat_stream(
        self, request: Request, dialect: Dialect, seconds: float, listen: Listen
    ) -> Reply:
        sent = self._client.chat.completions.with_streaming_response.create(
            model=self.name,
            messages=_messages(request),
            extra_body=_response_format(request.shape, dialect),
            temperature=_temperature(request, dialect),
            max_completion_tokens=_limit(request, dialect, "max_completion_tokens"),
            max_tokens=_limit(request, dialect, "max_tokens"),
            stream=True,
            stream_options={"include_usage": True} if dialect.stream_usage else omit,
            timeout=_timeout(seconds),
        )
        bodies: list[ChatBody] = []
        text = ""
        async with sent as response:
            try:
                async for data in _events(response.iter_lines()):
                    body = parse(ChatBody, data)
                    bodies.append(body)
                    delta = body.choices[0].delta if body.choices else None
                    if delta and delta.content:
                        text += delta.content
                        listen(text)
            except httpx2.HTTPError:
                if not text:
                    raise
                return Reply(text, Ending.BROKEN)
        return read_chat(bodies)

    async def _responses(self, request: Request, dialect: Dialect, seconds: float) -> Reply:
        raw = await self._client.responses.with_raw_response.create(
            model=self.name,
            input=_input(request),
            text=_text_format(request.shape, dialect),
            temperature=_temperature(request, dialect),
            max_output_tokens=request.max_output_tokens if dialect.limits else omit,
            store=False,
            timeout=_timeout(seconds),
        )
        return read_responses(parse(ResponsesBody, raw.text))

    async def _responses_stream(
        self, request: Request, dialect: Dialect, seconds: float, listen: Listen
    ) -> Reply:
        sent = self._client.responses.with_streaming_response.create(
            model=self.name,
            input=_input(request),
            text=_text_format(request.shape, dialect),
            temperature=_temperature(request, dialect),
            max_output_tokens=request.max_output_tokens if dialect.limits else omit,
            store=False,
            stream=True,
            timeout=_timeout(seconds),
        )
        text, last = "", ResponsesBody()
        async with sent as response:
            try:
                async for data in _events(response.iter_lines()):
                    event = parse(ResponsesEvent, data)
                    if event.type == "error":
                        check_error(event.message or "no reason given")
                    last = event.response or last
                    if event.type == "response.output_text.delta" and event.delta:
                        text += event.delta
                        listen(text)
            except httpx2.HTTPError:
                if not text:
                    raise
                return Reply(text, Ending.BROKEN)
        return read_responses(last)


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    """Yield the JSON of each server-sent event."""
    async for line in lines:
        data = line.removeprefix("data:").strip() if line.startswith("data:") else ""
        if data and data != "[DONE]":
            yield data


def _messages(request: Request) -> list[ChatCompletionMessageParam]:
    return [
        {"role": "system", "content": message.text}
        if message.role == "system"
        else {"role": "user", "content": message.text}
        for message in request.messages
    ]


def _input(request: Request) -> ResponseInputParam:
    return [{"role": message.role, "content": message.text} for message in request.messages]


def _response_format(shape: OutputShape | None, dialect: Dialect) -> dict[str, object] | None:
    """Return the body's `response_format`.

    It goes as an extra field because the SDK would walk through the whole schema, in vain, on
    every call: a third of the time that a call takes it.
    """
    if shape is None or dialect.output is Output.PLAIN:
        return None
    if dialect.output is Output.JSON_OBJECT:
        return {"response_format": {"type": "json_object"}}
    schema = {"name": shape.name, "schema": dict(shape.schema), "strict": True}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def _text_format(shape: OutputShape | None, dialect: Dialect) -> ResponseTextConfigParam | Omit:
    if shape is None or dialect.output is Output.PLAIN:
        return omit
    if dialect.output is Output.JSON_OBJECT:
        return {"format": {"type": "json_object"}}
    schema = dict(shape.schema)
    return {"format": {"type": "json_schema", "name": shape.name, "schema": schema, "strict": True}}


def _temperature(request: Request, dialect: Dialect) -> float | Omit:
    return 0.0 if request.steady and dialect.temperature else omit


def _limit(request: Request, dialect: Dialect, name: str) -> int | Omit:
    return request.max_output_tokens if dialect.limits[:1] == (name,) else omit


def _timeout(seconds: float) -> httpx2.Timeout:
    return httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))


def _bounded(reply: Reply) -> Reply:
    """Return the reply, cut where no honest one would go on."""
    if len(reply.text) <= LONGEST_REPLY:
        return reply
    return Reply(reply.text[:LONGEST_REPLY], Ending.LENGTH, reply.tokens)
