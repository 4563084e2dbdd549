"""What no JSON body may hold, wherever in it: strings that are no text.

JSON can spell characters that no text has: NUL, which PostgreSQL refuses, and halves of pairs,
which cannot be written as UTF-8 at all.
"""

from http import HTTPStatus

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from pydantic import JsonValue

from interviewer.errors import InputError


async def careful(request: Request) -> None:
    """Look at a JSON body before it is used; FastAPI has parsed it by then.

    Raises: HTTPException (400) for a body that is not sent as JSON where JSON is wanted;
        InputError that names the field which holds no text.
    """
    if not _is_json(request.headers.get("content-type", "")):
        # Not looked at: it may be a stream that is longer than the memory.
        _refuse_where_json_is_wanted(request)
        return
    body = await request.body()
    # Whatever is no text in JSON that could be parsed stands there as an escape.
    if b"\\u" not in body:
        return
    content: JsonValue = await request.json()
    field = not_text(content)
    if field is not None:
        raise InputError(
            f"{field} holds characters that are no text; send it without them.", field=field
        )


def not_text(content: JsonValue) -> str | None:
    """Return where the first string stands that holds NUL or half a pair; None for none."""
    waiting: list[tuple[str, JsonValue]] = [("", content)]
    while waiting:
        where, part = waiting.pop()
        if isinstance(part, dict):
            waiting += [(f"{where}.{name}", each) for name, each in part.items()]
            waiting += [(where, name) for name in part]
        elif isinstance(part, list):
            waiting += [(f"{where}[{place}]", each) for place, each in enumerate(part)]
        elif isinstance(part, str) and not _is_text(part):
            return _writable(where.lstrip(".")) or "body"
    return None


def _is_text(text: str) -> bool:
    return not any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in text)


def _writable(where: str) -> str:
    return where.encode("utf-8", "replace").decode().replace("\x00", "?")


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (
        kind.startswith("application/") and kind.endswith("+json")
    )


def _refuse_where_json_is_wanted(request: Request) -> None:
    route = request.scope.get("route")
    sent = request.headers.get("content-length", "0") != "0"
    if sent and isinstance(route, APIRoute) and route.body_field is not None:
        raise HTTPException(
            HTTPStatus.BAD_REQUEST,
            "The body is not sent as JSON; send it with Content-Type: application/json.",
        )
