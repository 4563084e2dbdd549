"""Pages of lists that are short enough to be held in memory."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from interviewer.errors import InputError

Item = TypeVar("Item")


def cut(
    items: Sequence[Item], key: Callable[[Item], str], cursor: str | None, limit: int
) -> tuple[Sequence[Item], str | None]:
    """Return one page and the cursor of the next; a cursor is the key of a page's last item.

    Raises: InputError for a cursor that names no item.
    """
    start = 0
    if cursor is not None:
        keys = [key(item) for item in items]
        if cursor not in keys:
            raise InputError(
                f"The cursor {cursor!r} is not one that a page of this list named; start "
                "without a cursor.",
                field="cursor",
            )
        start = keys.index(cursor) + 1
    page = items[start : start + limit]
    more = start + limit < len(items)
    return page, key(page[-1]) if more else None
