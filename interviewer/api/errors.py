"""Our errors as HTTP problems (RFC 9457), in one table."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException

from interviewer.errors import (
    AnswerRejected,
    Conflict,
    FaultyFiles,
    GraderTrouble,
    InputError,
    InterviewerError,
    KeyReused,
    LimitReached,
    ModelTrouble,
    NotAllowed,
    NotFound,
    NotSignedIn,
    SetupError,
    Unavailable,
)
from interviewer.wire import Problem, ProblemField

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:interviewer:problem:"


class Shape(NamedTuple):
    """How an error looks from outside."""

    status: HTTPStatus
    kind: str
    title: str


TABLE: dict[type[InterviewerError], Shape] = {
    InterviewerError: Shape(HTTPStatus.INTERNAL_SERVER_ERROR, "failed", "The service failed"),
    InputError: Shape(HTTPStatus.UNPROCESSABLE_ENTITY, "bad-input", "The request cannot be used"),
    AnswerRejected: Shape(
        HTTPStatus.UNPROCESSABLE_ENTITY, "answer-rejected", "The answer cannot be graded"
    ),
    FaultyFiles: Shape(HTTPStatus.UNPROCESSABLE_ENTITY, "faulty-question", "Question with faults"),
    NotFound: Shape(HTTPStatus.NOT_FOUND, "not-found", "There is no such thing"),
    Conflict: Shape(HTTPStatus.CONFLICT, "conflict", "The state forbids it"),
    KeyReused: Shape(
        HTTPStatus.UNPROCESSABLE_ENTITY, "key-reused", "The idempotency key was used before"
    ),
    NotAllowed: Shape(HTTPStatus.FORBIDDEN, "not-allowed", "Not allowed"),
    NotSignedIn: Shape(HTTPStatus.UNAUTHORIZED, "not-signed-in", "Not signed in"),
    LimitReached: Shape(HTTPStatus.TOO_MANY_REQUESTS, "limit-reached", "Too much for now"),
    SetupError: Shape(HTTPStatus.SERVICE_UNAVAILABLE, "setup", "The service is not set up"),
    Unavailable: Shape(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "Not available now"),
    GraderTrouble: Shape(HTTPStatus.SERVICE_UNAVAILABLE, "grader", "The grader is in trouble"),
    ModelTrouble: Shape(HTTPStatus.SERVICE_UNAVAILABLE, "grader", "The grader is in trouble"),
}
"""Every error of ours; a test walks the tree, so that none is forgotten."""


def shape_of(error: InterviewerError) -> Shape:
    """Return the row of the table for an error."""
    if isinstance(error, AnswerRejected) and error.too_large:
        return Shape(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "answer-rejected", "Answer too long")
    return next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)


def problem(
    shape: Shape,
    detail: str,
    *,
    instance: str | None = None,
    fields: Sequence[ProblemField] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Return a problem as a response."""
    body = Problem(
        type=TYPE + shape.kind,
        title=shape.title,
        status=shape.status,
        detail=detail,
        instance=instance,
        errors=tuple(fields),
    )
    return JSONResponse(body.model_dump(mode="json"), shape.status, headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error of the app a problem."""
    app.add_exception_handler(InterviewerError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, InterviewerError)
    headers: dict[str, str] = {}
    if isinstance(error, LimitReached):
        headers["Retry-After"] = str(max(1, round(error.retry_after)))
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    return problem(
        shape_of(error),
        _sentence(error),
        instance=request.url.path,
        fields=_fields(error),
        headers=headers,
    )


def _fields(error: InterviewerError) -> list[ProblemField]:
    if isinstance(error, FaultyFiles):
        return [
            ProblemField(field=f"question.{fault.where}", message=fault.message)
            for fault in error.faults[:MOST_FAULTS]
        ]
    if isinstance(error, InputError) and error.field is not None:
        return [ProblemField(field=error.field, message=str(error))]
    return []


def _sentence(error: InterviewerError) -> str:
    if not isinstance(error, FaultyFiles):
        return str(error)
    listed = "; ".join(f"{each.field} {each.message}" for each in _fields(error))
    more = f"; and {len(error.faults) - MOST_FAULTS:,} more"
    return (
        f"The question would not pass `interviewer check`; mend this and send it again: {listed}"
        f"{more if len(error.faults) > MOST_FAULTS else ''}."
    )


BAD_JSON = Shape(HTTPStatus.BAD_REQUEST, "bad-json", "The body is not JSON")
TOO_LARGE = Shape(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "The body is too large")


MOST_FAULTS = 20
"""Faults that are listed one by one; a hostile body can have tens of thousands."""
LARGE_TEXT = 10_000
"""Characters; a field with room for that many is a text, and too long a text is 413."""


async def _unforeseen(request: Request, error: Exception) -> Response:
    """Say nothing of an error of our own: the log has it, and what it says may be anyone's."""
    return problem(
        TABLE[InterviewerError],
        "The service failed on this request; the log of the service says why.",
        instance=request.url.path,
    )


async def _invalid(request: Request, error: Exception) -> Response:
    """Name each field that cannot be used; too long an answer is 413, no JSON at all 400."""
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return problem(
            BAD_JSON,
            f"The body is not JSON; the fault is at character {faults[0]['loc'][-1]}.",
            instance=request.url.path,
            fields=[ProblemField(field="body", message="is not JSON")],
        )
    fields = [
        ProblemField(field=_path(fault["loc"]), message=str(fault["msg"]))
        for fault in faults[:MOST_FAULTS]
    ]
    shape = TOO_LARGE if all(map(_far_too_long, faults)) else TABLE[InputError]
    detail = "; ".join(f"{each.field}: {each.message}" for each in fields)
    more = f"; and {len(faults) - MOST_FAULTS:,} more" if len(faults) > MOST_FAULTS else ""
    return problem(
        shape,
        f"Mend these and send it again: {detail}{more}.",
        instance=request.url.path,
        fields=fields,
    )


def _far_too_long(fault: ErrorDetails) -> bool:
    """Tell a text that is too much for the service from one that is too long for its field."""
    longest = fault.get("ctx", {}).get("max_length", 0)
    return fault["type"] == "string_too_long" and longest >= LARGE_TEXT


def _path(location: Sequence[int | str]) -> str:
    """Return `rubric.dimensions[1].title` for where in the request something stands."""
    parts = [each for each in location if each not in {"body", "query", "path", "header"}]
    written = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts)
    return written.lstrip(".") or "body"


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    details = {
        HTTPStatus.NOT_FOUND: f"There is no route {request.url.path}; /openapi.json lists them.",
        HTTPStatus.METHOD_NOT_ALLOWED: f"{request.url.path} cannot be asked by {request.method}; "
        "/openapi.json lists what can.",
    }
    shape = Shape(status, status.phrase.lower().replace(" ", "-"), status.phrase)
    return problem(
        shape,
        details.get(status, str(error.detail)),
        instance=request.url.path,
        headers=dict(error.headers or {}),
    )
