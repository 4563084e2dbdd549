# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false, reportUnknownParameterType=false
# pyright: reportMissingTypeArgument=false
# (schemathesis leaves its generics open)
"""What the API's own document allows is answered as it promises, whatever is sent."""

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok

EXAMPLES = 4
"""Requests tried for each route; the long run asks for more."""


@pytest.fixture
def document(http: TestClient) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_dict(http.get("/openapi.json").json())


@pytest.mark.slow
def test_nothing_that_the_document_allows_makes_the_service_fail(
    http: TestClient, document: schemathesis.BaseSchema
) -> None:
    for found in document.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES,
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
                headers=dict(arguments["headers"]),
            )
            assert reply.status_code < 500, f"{case.method} {case.path}: {reply.text}"
            if reply.status_code >= 400:
                assert reply.headers["content-type"] == "application/problem+json"

        every()
