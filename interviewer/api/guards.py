"""What every request passes: hosts, sizes, and headers that tell browsers to be careful."""

from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewer.api.errors import TOO_LARGE, Shape, problem
from interviewer.wire import ProblemField

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""As the OWASP cheat sheet for REST services has them; the API serves no pages."""

NO_LENGTH = Shape(HTTPStatus.LENGTH_REQUIRED, "no-length", "The body has no length")
NO_PATH = Shape(HTTPStatus.NOT_FOUND, "not-found", "There is no such thing")
FOREIGN_HOST = Shape(HTTPStatus.BAD_REQUEST, "foreign-host", "Unknown host")


class Guards:
    """Refuses foreign hosts (DNS rebinding) and large bodies; adds the headers to every reply."""

    def __init__(
        self,
        app: ASGIApp,
        allowed_hosts: Collection[str],
        max_body: int,
        streamed: Collection[str] = (),
    ) -> None:
        """Take the names to answer for and the bytes that a body may have.

        Routes at the `streamed` paths read a body piece by piece and bound it themselves.
        """
        self._app = app
        self._streamed = frozenset(streamed)
        self._allowed = {host.lower() for host in allowed_hosts}
        self._max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        path = str(scope["path"])
        refusal = self._refusal(Headers(scope=scope), path) or _no_such_path(path)
        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, headers: Headers, path: str) -> Response | None:
        host = host_name(headers.get("host", ""))
        if host not in self._allowed and "*" not in self._allowed:
            return problem(
                FOREIGN_HOST,
                f"This service does not answer for the host {host!r}; add it to "
                "INTERVIEWER_ALLOWED_HOSTS if it should.",
            )
        if path in self._streamed:
            return None
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return problem(NO_LENGTH, "Send the body with a Content-Length, not in chunks.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._max_body:
            return problem(
                TOO_LARGE,
                f"A body may have {self._max_body:,} bytes; send less at a time.",
                fields=[ProblemField(field="body", message="is too large")],
            )
        return None


def _no_such_path(path: str) -> Response | None:
    """Refuse what no path of ours holds, and PostgreSQL cannot even look for."""
    if "\x00" not in path:
        return None
    return problem(NO_PATH, "There is nothing at a path that holds a NUL; leave it out.")


def host_name(header: str) -> str:
    """Return the name in a Host header, without the port: `[::1]:8000` is `::1`."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower()
