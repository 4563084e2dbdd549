# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false, reportUnknownParameterType=false
# pyright: reportMissingTypeArgument=false
# (schemathesis leaves its generics open)
"""What the API's own document allows is answered as it promises, whatever is sent."""

import json
from pathlib import Path

import pytest
import schemathesis
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from pydantic import JsonValue, TypeAdapter
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from interviewer.api.app import MODULES, create_app
from interviewer.api.document import EXAMPLES, Operation, operations
from tests.api.conftest import Stage

EXAMPLES_OF_A_ROUTE = 4
"""Requests tried for each route; `schemathesis run` against a service tries more."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROUTES = {
    f"{method} {route.path}": route
    for module in MODULES
    for route in module.router.routes
    if isinstance(route, APIRoute)
    for method in route.methods or ()
}
KEPT: dict[str, dict[str, JsonValue]] = json.loads(EXAMPLES.read_text(encoding="utf-8"))


@schemathesis.serializer("application/jsonl")
def as_lines(context: schemathesis.SerializationContext, value: object) -> bytes:
    return str(value).encode()


@pytest.fixture
def document(http: TestClient) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_dict(http.get("/openapi.json").json())


@pytest.mark.slow
def test_nothing_that_the_document_allows_is_answered_otherwise_than_it_says(
    http: TestClient, document: schemathesis.BaseSchema
) -> None:
    for found in document.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES_OF_A_ROUTE,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
        )
        def every(case: schemathesis.Case) -> None:
            arguments = case.as_transport_kwargs(base_url="http://localhost")
            reply = http.request(
                arguments["method"],
                arguments["url"],
                params=arguments.get("params"),
                json=arguments.get("json"),
                content=arguments.get("data"),
                headers=dict(arguments["headers"]),
            )
            case.validate_response(reply, checks=CHECKS)

        every()


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_route_has_an_example_that_is_true(name: str) -> None:
    assert name in KEPT, f"add {name} to tests/api/examples.py and run it"
    route, example = ROUTES[name], KEPT[name]
    if route.response_model is not None and example["type"] == "application/json":
        TypeAdapter(route.response_model).validate_python(example["response"], strict=False)
    if route.body_field is not None:
        annotation = route.body_field.field_info.annotation
        assert annotation is not None
        TypeAdapter(annotation).validate_python(example["request"])


def statuses(operation: Operation) -> set[str]:
    responses = operation.about["responses"]
    assert isinstance(responses, dict)
    return set(responses)


def test_the_examples_stand_in_the_document(http: TestClient) -> None:
    document = http.get("/openapi.json").json()
    for operation in operations(document):
        example = KEPT[operation.name]
        if "response" in example:
            assert json.dumps(example["response"]) in json.dumps(operation.about)
        assert "default" not in statuses(operation), "each status is named"
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_a_service_that_wants_keys_says_so(http: TestClient, tmp_path: Path) -> None:
    assert "securitySchemes" not in http.get("/openapi.json").json()["components"]
    guarded = create_app(Stage(tmp_path, auth="keys").services).openapi()
    for operation in operations(guarded):
        wanted = operation.path.startswith("/v1/")
        assert ("security" in operation.about) == wanted
        assert ("401" in statuses(operation)) == wanted
