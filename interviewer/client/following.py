"""Follows a grading through streams that break."""

from collections.abc import Callable, Iterator

from interviewer.client.connection import Connection
from interviewer.domain.base import GradingId
from interviewer.errors import Unavailable
from interviewer.wire import DoneEvent, GradingEvent

RECONNECTS = 5
"""How often in a row a broken stream of events is taken up again before giving up."""


def follow(
    connection: Connection,
    grading_id: GradingId | str,
    after: int,
    pause: Callable[[float], None],
) -> Iterator[GradingEvent]:
    """Yield the events after `after` until `done`; each break is followed by a longer pause.

    Raises: Unavailable when the stream breaks too often in a row.
    """
    broken = 0
    while True:
        try:
            for event in connection.events(f"/v1/gradings/{grading_id}/events", after):
                yield event
                if isinstance(event, DoneEvent):
                    return
                after, broken = event.id, 0
        except Unavailable:
            if broken >= RECONNECTS:
                raise
        broken += 1
        if broken > RECONNECTS:
            raise Unavailable(
                f"The events of grading {grading_id!r} keep breaking off; the grading goes on "
                "without them, look at it again in a moment."
            )
        pause(0.2 * 2**broken)
