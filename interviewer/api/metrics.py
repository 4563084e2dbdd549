"""Counts and times requests by route, for Prometheus; nothing of their content."""

import time

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Metrics:
    """The figures of one app; a registry of its own, so that two apps do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "interviewer_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "interviewer_request_seconds",
            "Time until the reply began, in seconds.",
            ("method", "route"),
            registry=self.registry,
        )


class Metering:
    """Fills the figures; the route's template is the label, so that ids make no new ones."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.monotonic()

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                method, route = str(scope["method"]), route_of(scope)
                self._metrics.requests.labels(method, route, str(message["status"])).inc()
                self._metrics.seconds.labels(method, route).observe(time.monotonic() - start)
            await send(message)

        await self._app(scope, receive, counted)


def route_of(scope: Scope) -> str:
    """Return the template of the route that a request took; `none` where there was none."""
    route = scope.get("route")
    return route.path if isinstance(route, Route) else "none"
