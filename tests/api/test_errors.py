"""Each error of ours is a problem with a status of its own."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from interviewer.api.errors import TABLE
from interviewer.errors import InterviewerError


def family(kind: type[InterviewerError]) -> Iterator[type[InterviewerError]]:
    if kind.__module__ == InterviewerError.__module__:
        yield kind
    for child in kind.__subclasses__():
        yield from family(child)


@pytest.mark.parametrize("kind", list(family(InterviewerError)), ids=lambda kind: kind.__name__)
def test_every_error_has_a_place_in_the_table(kind: type[InterviewerError]) -> None:
    assert kind in TABLE


def test_a_route_that_does_not_exist_is_a_problem_too(http: TestClient) -> None:
    reply = http.get("/v1/nothing")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert "There is no route" in reply.json()["detail"]


def test_a_method_that_does_not_fit_is_a_problem_too(http: TestClient) -> None:
    reply = http.delete("/v1/questions")
    assert reply.status_code == 405
    assert reply.headers["content-type"] == "application/problem+json"
