"""Asks a model through the openai SDK; the only module that knows the SDK.

One request is one HTTP request, or one more for each thing that the server turns out not to take
(see `dialect`). Nothing is retried here and the SDK's own retries are off: `calling` retries.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import httpx2
import openai
from openai import AsyncOpenAI, AsyncStream

from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.acquaintances import Acquaintances
from interviewer.grading.llm.chat_model import Ending, Listen, Reply, Request
from interviewer.grading.llm.complaints import Complaints
from interviewer.grading.llm.dialect import Api, Dialect, DialectMemory
from interviewer.grading.llm.gathering import Gathering, gathering
from interviewer.grading.llm.openai_request import PATHS, encode
from interviewer.grading.llm.openai_wire import complaint_in

CONNECT_SECONDS = 10.0
_KEPT = httpx2.Limits(max_connections=1_000, max_keepalive_connections=1_000)
"""The SDK keeps 100 idle connections: a batch of 32 answers with 6 calls each needs 192, and would
make new ones all the time."""
MOST_TRIES = 8
"""Requests for one reply while a server's dialect is being learnt; each takes one thing away."""
LONGEST_REPLY = 200_000
"""Characters; the longest honest reply is a hundred times shorter."""
_MOST_BYTES = 16_000_000
"""Of one reply, with all that stands around its text; what comes after is not read."""


class OpenAIModel:
    """One model on one OpenAI-compatible server, with one pool of connections."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        acquaintances: Acquaintances | None = None,
    ) -> None:
        """Take the server; `acquaintances` keeps what is learnt of it for the next process."""
        address = urlsplit(base_url)
        # A server on one's own machine needs no key; the SDK wants a text that is not empty.
        self._client = AsyncOpenAI(
            base_url=urlunsplit(address._replace(query="", fragment="")),
            api_key=api_key or "none",
            max_retries=0,
            # Gateways want `?api-version=` on every request, and the key under its older name.
            default_query=dict(parse_qsl(address.query)),
            default_headers={"api-key": api_key} if api_key and _is_gateway(base_url) else None,
            http_client=openai.DefaultAsyncHttpxClient(limits=_KEPT),
        )
        self._acquaintances = acquaintances
        self._base_url = base_url
        self._kept = acquaintances.recall(base_url, model) if acquaintances else None
        self._memory = DialectMemory(Dialect.towards(base_url), self._kept)
        self._server = address.netloc.rpartition("@")[2] or "with no address"
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
        self._memory.begin()
        for _ in range(MOST_TRIES):
            dialect = self._memory.current
            left = end - asyncio.get_running_loop().time()
            try:
                async with self._translated(left, dialect.api):
                    reply = await self._send(request, dialect, left, listen)
                self._keep(dialect)
                return _bounded(reply)
            except ModelTrouble as caught:
                trouble = caught
                learns = caught.kind is Trouble.REJECTED
                if not learns or not self._memory.learn(dialect, str(caught)):
                    raise
        raise trouble or ModelTrouble(Trouble.REJECTED, "The server took no request.")

    def forget(self) -> None:
        """Learn the server's dialect afresh with the next request."""
        self._memory.forget()

    def _keep(self, dialect: Dialect) -> None:
        """Write down a dialect that has just worked, where that is news."""
        known = self._kept or Dialect.towards(self._base_url)
        if self._acquaintances and dialect != known:
            self._acquaintances.keep(self._base_url, self.name, dialect)
        self._kept = dialect

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
            said = complaint_in(error.body) or error.message
            return self._complaints.of_status(
                error.status_code,
                f"{said} {error.code or ''} {error.param or ''}",
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
        # The SDK sends the request and raises its errors; the response is read here, as it comes.
        streamed = True
        response = await self._client.post(
            PATHS[dialect.api],
            cast_to=httpx2.Response,
            content=encode(self.name, request, dialect, stream=listen is not None),
            options={"timeout": _timeout(seconds)},
            stream=streamed,
            stream_cls=AsyncStream[object],
        )
        assert isinstance(response, httpx2.Response)
        gathered = gathering(dialect.api, self._complaints)
        try:
            kind = response.headers.get("content-type", "")
            # Some servers stream unasked, some do not though asked, some do not say that they do.
            if "event-stream" in kind or (listen and "json" not in kind):
                return await _gather(response, gathered, listen)
            gathered.take_body(await _whole(response))
            return gathered.reply()
        finally:
            await response.aclose()


async def _gather(response: httpx2.Response, gathered: Gathering, listen: Listen | None) -> Reply:
    """Return what a stream says; one that breaks after words were said is kept so far."""
    before = ""
    try:
        async for events in _events(response):
            for event in events:
                gathered.take_event(event)
            if listen and gathered.text != before:
                before = gathered.text
                listen(before)
            if len(before) > LONGEST_REPLY:
                break
        return gathered.reply()
    except (httpx2.HTTPError, ModelTrouble):
        if not gathered.text:
            raise
        return Reply(gathered.text, Ending.BROKEN)


async def _events(response: httpx2.Response) -> AsyncIterator[list[bytes]]:
    """Yield the JSON of the server-sent events, all that arrived together at once.

    Lines are cut at line feeds alone: a reply may hold other characters that end lines elsewhere.
    """
    rest = b""
    async for arrived in response.aiter_bytes():
        *lines, rest = (rest + arrived).split(b"\n")
        yield list(_data(lines))
    yield list(_data([rest]))


def _data(lines: list[bytes]) -> Iterator[bytes]:
    """Yield what the data lines hold, but for the end's mark and words that are no JSON."""
    for line in lines:
        data = line.removeprefix(b"data:").strip()
        if line.startswith(b"data:") and data.startswith(b"{"):
            yield data


async def _whole(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for arrived in response.aiter_bytes():
        body += arrived
        if len(body) > _MOST_BYTES:
            break
    return bytes(body)


def _is_gateway(base_url: str) -> bool:
    address = urlsplit(base_url)
    host = address.hostname or ""
    return "api-version" in address.query or host.endswith(("azure.com", "azure-api.net"))


def _timeout(seconds: float) -> httpx2.Timeout:
    return httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))


def _bounded(reply: Reply) -> Reply:
    """Return the reply, cut where no honest one would go on."""
    if len(reply.text) <= LONGEST_REPLY:
        return reply
    return Reply(reply.text[:LONGEST_REPLY], Ending.LENGTH, reply.tokens)
