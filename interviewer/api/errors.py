"""Our errors as HTTP problems (RFC 9457), in one table."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
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
    return TABLE[type(error)]


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


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, InterviewerError)
    fields: tuple[ProblemField, ...] = ()
    headers: dict[str, str] = {}
    if isinstance(error, InputError) and error.field is not None:
        fields = (ProblemField(field=error.field, message=str(error)),)
    if isinstance(error, LimitReached):
        headers["Retry-After"] = str(max(1, round(error.retry_after)))
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    return problem(
        shape_of(error), str(error), instance=request.url.path, fields=fields, headers=headers
    )


BAD_JSON = Shape(HTTPStatus.BAD_REQUEST, "bad-json", "The body is not JSON")
TOO_LARGE = Shape(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "The body is too large")


async def _invalid(request: Request, error: Exception) -> Response:
    """Name each field that cannot be used; too long an answer is 413, no JSON at all 400."""
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    fields = [
        ProblemField(field=_path(fault["loc"]), message=str(fault["msg"])) for fault in faults
    ]
    kinds = {str(fault["type"]) for fault in faults}
    shape = TABLE[InputError]
    if "json_invalid" in kinds:
        shape = BAD_JSON
    elif kinds == {"string_too_long"}:
        shape = TOO_LARGE
    detail = "; ".join(f"{each.field}: {each.message}" for each in fields)
    return problem(
        shape, f"Mend these and send it again: {detail}.", instance=request.url.path, fields=fields
    )


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
