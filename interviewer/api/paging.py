"""Pages of lists that are short enough to be held in memory."""

import base64
from collections.abc import Callable, Sequence
from typing import TypeVar

from interviewer.errors import NotFound

Item = TypeVar("Item")


def cut(
    items: Sequence[Item], key: Callable[[Item], str], cursor: str | None, limit: int
) -> tuple[Sequence[Item], str | None]:
    """Return one page and the cursor of the next; a cursor is the key of a page's last item.

    Raises: NotFound for a cursor that names no item.
    """
    start = 0
    if cursor is not None:
        cursors = [_cursor(key(item)) for item in items]
        if cursor not in cursors:
            raise NotFound(
                f"The cursor {cursor!r} is not one that a page of this list named; start "
                "without a cursor."
            )
        start = cursors.index(cursor) + 1
    page = items[start : start + limit]
    more = start + limit < len(items)
    return page, _cursor(key(page[-1])) if more else None


def _cursor(key: str) -> str:
    return "c." + base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")
