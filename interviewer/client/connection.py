"""One HTTP connection: requests out, models in, problems turned into our errors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from typing import TypeVar

import httpx2
from pydantic import BaseModel, TypeAdapter, ValidationError

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
from interviewer.wire import GradingEvent, Problem

Reply = TypeVar("Reply", bound=BaseModel)
Query = Mapping[str, str | int | bool | None]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
TIMEOUT = httpx2.Timeout(30.0, connect=5.0)
STREAM_TIMEOUT = httpx2.Timeout(60.0, connect=5.0)
"""The service sends a comment every 15 s, so a minute of silence means that it is gone."""

TOO_MANY_REQUESTS = 429

_EVENT: TypeAdapter[GradingEvent] = TypeAdapter(GradingEvent)


def connect(url: str) -> httpx2.Client:
    """Return a client for the service at `url`; proxies of the environment are for other hosts."""
    remote = httpx2.URL(url).host not in LOOPBACK
    return httpx2.Client(base_url=url, timeout=TIMEOUT, trust_env=remote)


class Connection:
    """Sends requests and reads replies; knows no route."""

    def __init__(self, http: httpx2.Client, bearer: Callable[[], str] | None = None) -> None:
        """Take the HTTP client, and what makes the credential of each request."""
        self._http = http
        self._bearer = bearer

    def _credential(self) -> dict[str, str]:
        return {} if self._bearer is None else {"Authorization": f"Bearer {self._bearer()}"}

    def close(self) -> None:
        self._http.close()

    def ask(
        self,
        method: str,
        path: str,
        reply: type[Reply],
        *,
        body: BaseModel | None = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        wait: float = 0,
        accept: tuple[int, ...] = (),
    ) -> Reply:
        """Send one request and return the reply; `wait` (seconds) is added to the read timeout.

        `accept` lists statuses above 399 whose body is a reply all the same.

        Raises: InterviewerError, the subclass that the problem names.
        """
        response = self._send(method, path, body=body, query=query, headers=headers, wait=wait)
        if response.status_code not in accept:
            _refuse(response)
        return _read(response, reply)

    def text(
        self,
        method: str,
        path: str,
        *,
        body: BaseModel | None = None,
        query: Query | None = None,
        content: str | None = None,
    ) -> str:
        """Send one request and return the reply's text."""
        response = self._send(method, path, body=body, query=query, content=content)
        _refuse(response)
        return response.text

    def upload(
        self,
        path: str,
        reply: type[Reply],
        pieces: Iterable[bytes],
        *,
        query: Query,
        headers: Mapping[str, str],
    ) -> Reply:
        """Send a body piece by piece and return the reply. Raises: InterviewerError."""
        try:
            request = self._http.build_request(
                "POST",
                path,
                content=pieces,
                params=_params(query),
                headers={**self._credential(), **headers},
                timeout=STREAM_TIMEOUT,
            )
            response = self._http.send(request)
        except httpx2.HTTPError as error:
            raise _unreachable(self._http, error) from error
        _refuse(response)
        return _read(response, reply)

    def lines(self, path: str, *, query: Query) -> Iterator[str]:
        """Yield the lines of a reply as they come. Raises: InterviewerError."""
        try:
            request = self._http.build_request(
                "GET",
                path,
                params=_params(query),
                headers=self._credential(),
                timeout=STREAM_TIMEOUT,
            )
            with closing(self._http.send(request, stream=True)) as response:
                if response.is_error:
                    response.read()
                    _refuse(response)
                yield from response.iter_lines()
        except httpx2.HTTPError as error:
            raise _unreachable(self._http, error) from error

    def events(self, path: str, last_id: int) -> Iterator[GradingEvent]:
        """Yield the events after `last_id` until the service ends the stream or it breaks."""
        headers = self._credential()
        if last_id:
            headers["Last-Event-ID"] = str(last_id)
        try:
            with self._http.sse(path, headers=headers, timeout=STREAM_TIMEOUT) as source:
                if source.response.is_error:
                    source.response.read()
                    _refuse(source.response)
                for event in source:
                    yield _EVENT.validate_json(
                        f'{{"id":{event.id},"event":"{event.event}","data":{event.data}}}'
                    )
        except httpx2.HTTPError as error:
            raise _unreachable(self._http, error) from error

    def _send(
        self,
        method: str,
        path: str,
        *,
        body: BaseModel | None,
        query: Query | None,
        headers: Mapping[str, str] | None = None,
        wait: float = 0,
        content: str | None = None,
    ) -> httpx2.Response:
        sent = {**self._credential(), **(headers or {})}
        if body is not None:
            content = body.model_dump_json()
            sent["Content-Type"] = "application/json"
        timeout = httpx2.Timeout(30.0 + wait, connect=5.0)
        params = _params(query or {})
        try:
            request = self._http.build_request(
                method, path, content=content, params=params, headers=sent, timeout=timeout
            )
            return self._http.send(request)
        except httpx2.HTTPError as error:
            raise _unreachable(self._http, error) from error


def _params(query: Query) -> dict[str, str]:
    return {name: _plain(value) for name, value in query.items() if value is not None}


def _read(response: httpx2.Response, reply: type[Reply]) -> Reply:
    try:
        return reply.model_validate_json(response.content)
    except ValidationError as error:
        raise _unreadable(response) from error


def _plain(value: str | int | bool | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _unreachable(http: httpx2.Client, error: httpx2.HTTPError) -> Unavailable:
    url = str(http.base_url).rstrip("/")
    if isinstance(error, httpx2.TimeoutException):
        return Unavailable(f"The service at {url} did not answer in time; try again in a moment.")
    return Unavailable(
        f"The service at {url} cannot be reached; start it with `interviewer up` and try again."
    )


def _unreadable(response: httpx2.Response) -> Unavailable:
    return Unavailable(
        f"The reply to {response.request.url.path} is not one that this client knows; "
        "client and service may be of different versions."
    )


def _refuse(response: httpx2.Response) -> None:
    if not response.is_success:
        raise _as_error(response)


def _as_error(response: httpx2.Response) -> InterviewerError:
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        return _unreadable(response)
    if response.status_code == TOO_MANY_REQUESTS:
        seconds = response.headers.get("Retry-After", "1")
        return LimitReached(
            problem.detail, retry_after=float(seconds) if seconds.isdigit() else 1.0
        )
    if problem.type.endswith(":key-reused"):
        return KeyReused(problem.detail)
    known: dict[int, type[InterviewerError]] = {
        401: NotSignedIn,
        403: NotAllowed,
        404: NotFound,
        409: Conflict,
    }
    if response.status_code in known:
        return known[response.status_code](problem.detail)
    if response.is_client_error:
        return InputError(problem.detail, field=problem.errors[0].field if problem.errors else None)
    return Unavailable(problem.detail)
