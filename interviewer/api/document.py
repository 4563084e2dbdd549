"""Completes what FastAPI writes about the API: problems, headers and an example of everything.

Which problems a route can answer with follows from what it takes, so it is reckoned here and not
written beside each route. The examples are a file, made by running the service
(`python -m tests.api.examples`).
"""

import json
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from pydantic import JsonValue

from interviewer.wire import Problem

EXAMPLES = Path(__file__).with_name("examples.json")
METHODS = ("get", "put", "post", "delete")
PROBLEM = "application/problem+json"
RETRY_AFTER: JsonValue = {
    "description": "Seconds until there is room again.",
    "schema": {"type": "integer"},
}

Json = dict[str, JsonValue]


class Operation(NamedTuple):
    """One method of one path, and what FastAPI says of it."""

    path: str
    method: str
    about: Json

    @property
    def name(self) -> str:
        """Return the name under which its example is kept: `GET /v1/topics`."""
        return f"{self.method.upper()} {self.path}"


def operations(document: Json) -> Iterator[Operation]:
    """Yield every operation of a document."""
    for path, methods in _object(document["paths"]).items():
        for method, about in _object(methods).items():
            if method in METHODS:
                yield Operation(path, method, _object(about))


def complete(document: Json, *, secured: bool) -> None:
    """Add to a document, in place; `secured` says whether callers need a key."""
    examples: Json = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    schemas = _object(_object(document.setdefault("components", {})).setdefault("schemas", {}))
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= _object(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    if secured:
        _object(document["components"])["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer"}
        }
    for operation in operations(document):
        _add_problems(operation, secured=secured)
        _add_example(operation, _object(examples.get(operation.name, {})))


def _add_problems(operation: Operation, *, secured: bool) -> None:
    about = operation.about
    responses = _object(about["responses"])
    responses.pop(str(int(HTTPStatus.UNPROCESSABLE_ENTITY)), None)
    versioned = operation.path.startswith("/v1/")
    if secured and versioned:
        about["security"] = [{"key": []}]
    for status in _problems(operation, secured=secured and versioned):
        reply: Json = {
            "description": status.phrase,
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if status is HTTPStatus.TOO_MANY_REQUESTS:
            reply["headers"] = {"Retry-After": RETRY_AFTER}
        responses.setdefault(str(int(status)), reply)


def _problems(operation: Operation, *, secured: bool) -> Iterator[HTTPStatus]:
    """Yield what can go wrong with an operation, by what it takes."""
    yield HTTPStatus.BAD_REQUEST
    if not operation.path.startswith("/v1/"):
        return
    takes = {str(_object(each)["in"]) for each in _list(operation.about.get("parameters", []))}
    names = {str(_object(each)["name"]) for each in _list(operation.about.get("parameters", []))}
    body = "requestBody" in operation.about
    if secured:
        yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    if takes & {"path"} or names & {"cursor"} or body:
        yield HTTPStatus.NOT_FOUND
    if operation.method == "post" and "{" in operation.path:
        yield HTTPStatus.CONFLICT
    if body:
        yield from (HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if body or takes:
        yield HTTPStatus.UNPROCESSABLE_ENTITY
    yield from (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


def _add_example(operation: Operation, example: Json) -> None:
    about = operation.about
    if "request" in example:
        for kind in _object(_object(about["requestBody"])["content"]).values():
            _object(kind)["example"] = example["request"]
    if "response" in example:
        reply = _object(_object(about["responses"])[str(example["status"])])
        content = _object(reply.setdefault("content", {}))
        kind = _object(content.setdefault(str(example["type"]), {}))
        kind["example"] = example["response"]
    given = _object(example.get("parameters", {}))
    for each in _list(about.get("parameters", [])):
        parameter = _object(each)
        name = str(parameter["name"])
        if name in given:
            parameter["example"] = given[name]


def _object(value: JsonValue) -> Json:
    assert isinstance(value, dict), f"{value!r} is no object"
    return value


def _list(value: JsonValue) -> list[JsonValue]:
    assert isinstance(value, list), f"{value!r} is no list"
    return value
