"""Entity tags: what a caller has already is not sent again (RFC 9110, 8.8.3 and 13.1.2)."""

import hashlib
from http import HTTPStatus
from typing import Annotated

from fastapi import Header
from fastapi.responses import Response
from pydantic import BaseModel, JsonValue

IfNoneMatch = Annotated[
    str | None, Header(description="The `ETag` of what you have; 304 while it is still so.")
]

REVALIDATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}
"""What is sent is one caller's own view (attempts, best score), so it may be kept by nobody else
and is asked after each time."""


TAGGED: dict[int | str, dict[str, JsonValue]] = {
    HTTPStatus.OK: {"headers": {"ETag": {"schema": {"type": "string"}}}},
    HTTPStatus.NOT_MODIFIED: {"description": "You have it already"},
}
"""What the document says of a route that is answered with a tag."""


def unless_known(reply: BaseModel, if_none_match: str | None) -> Response:
    """Return the reply with its tag, or 304 without a body when the caller has it already."""
    body = reply.model_dump_json().encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, **REVALIDATE}
    if if_none_match is not None and _matches(tag, if_none_match):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _matches(tag: str, written: str) -> bool:
    known = {each.strip().removeprefix("W/") for each in written.split(",")}
    return "*" in known or tag in known
