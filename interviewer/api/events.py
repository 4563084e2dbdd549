"""Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html."""

import time
from collections.abc import AsyncGenerator

from fastapi.responses import StreamingResponse

from interviewer.service.watching import StoredEvent

PING_SECONDS = 15.0
"""Proxies cut connections that are silent for about a minute."""

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def stream(events: AsyncGenerator[StoredEvent | None]) -> StreamingResponse:
    """Return the events as a stream; closing the connection stops nothing but the stream."""
    return StreamingResponse(_encode(events), media_type="text/event-stream", headers=HEADERS)


async def _encode(events: AsyncGenerator[StoredEvent | None]) -> AsyncGenerator[str]:
    last = time.monotonic()
    yield ": connected\n\n"
    async for event in events:
        if event is not None:
            yield f"id: {event.id}\nevent: {event.kind}\ndata: {event.body}\n\n"
        elif time.monotonic() - last >= PING_SECONDS:
            yield ": ping\n\n"
        else:
            continue
        last = time.monotonic()
