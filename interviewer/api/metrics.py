"""Counts and times requests by route, for Prometheus and the log; nothing of their content."""

import logging
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewer.logs import say
from interviewer.service.figures import Queue

log = logging.getLogger("interviewer.requests")


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
        self.gradings = Gauge(
            "interviewer_gradings",
            "Gradings in the database, of all processes.",
            ("status",),
            registry=self.registry,
        )
        self.oldest = Gauge(
            "interviewer_oldest_unfinished_seconds",
            "How long the oldest unfinished grading has waited.",
            registry=self.registry,
        )

    def show(self, queue: Queue) -> None:
        """Take over what the database holds now."""
        for status, count in queue.gradings.items():
            self.gradings.labels(status.value).set(count)
        self.oldest.set(queue.oldest_seconds)


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
                seconds = time.monotonic() - start
                self._metrics.seconds.labels(method, route).observe(seconds)
                say(
                    log,
                    "request",
                    method=method,
                    route=route,
                    status=int(message["status"]),
                    ms=round(1000 * seconds, 1),
                )
            await send(message)

        await self._app(scope, receive, counted)


def route_of(scope: Scope) -> str:
    """Return the template of the route that a request took; `none` where there was none."""
    route = scope.get("route")
    return route.path if isinstance(route, Route) else "none"
