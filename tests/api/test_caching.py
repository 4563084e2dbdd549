"""What a caller has already is not sent again; what has changed is."""

import pytest
from fastapi.testclient import TestClient

from interviewer.client import Client
from tests.api.conftest import ANSWER

SMALL = "small-question"
PATHS = ("/v1/topics", "/v1/questions", f"/v1/questions/{SMALL}")


@pytest.mark.parametrize("path", PATHS)
def test_what_has_not_changed_is_answered_without_a_body(http: TestClient, path: str) -> None:
    first = http.get(path)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = http.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag


@pytest.mark.parametrize("path", PATHS)
def test_an_attempt_changes_what_is_sent(http: TestClient, client: Client, path: str) -> None:
    tag = http.get(path).headers["ETag"]
    client.grade(SMALL, ANSWER, wait=10)
    again = http.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["ETag"] != tag
