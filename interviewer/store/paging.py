"""Cursors: where a page of a list ends, as an opaque word."""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from interviewer.errors import NotFound

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
MAX_CURSOR = 200
PREFIX = "c."
"""Tells a cursor from other words, so that those are refused at the door."""


class Cursor(NamedTuple):
    """The last item of a page; lists are ordered by moment and id, newest first."""

    moment: datetime
    id: str

    def encode(self) -> str:
        written = f"{(self.moment - _EPOCH) // _MICROSECOND}:{self.id}"
        return PREFIX + base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, written: str) -> Self:
        """Return the cursor that was encoded. Raises: NotFound."""
        try:
            if len(written) > MAX_CURSOR:
                raise ValueError
            encoded = written.removeprefix(PREFIX)
            padded = encoded + "=" * (-len(encoded) % 4)
            moment, _, item = base64.b64decode(padded, b"-_", validate=True).decode().partition(":")
            return cls(_EPOCH + int(moment) * _MICROSECOND, item)
        except (binascii.Error, UnicodeDecodeError, ValueError, OverflowError):
            raise NotFound(
                "The cursor is not one that a page of this list named; start without a cursor."
            ) from None
