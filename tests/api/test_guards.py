import pytest
from fastapi.testclient import TestClient

from interviewer.api.guards import host_name


@pytest.mark.parametrize("host", ["evil.example", "", "localhost.evil.example", "[::1]:8000"])
def test_another_host_is_refused(http: TestClient, host: str) -> None:
    reply = http.get("/health/live", headers={"Host": host})
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("header", "name"),
    [("localhost:8000", "localhost"), ("[::1]:8000", "::1"), ("LOCALHOST", "localhost")],
)
def test_the_port_is_no_part_of_the_name(header: str, name: str) -> None:
    assert host_name(header) == name


def test_every_reply_tells_browsers_to_be_careful(http: TestClient) -> None:
    for path in ("/health/live", "/v1/nothing", "/v1/questions"):
        headers = http.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "access-control-allow-origin" not in headers


def test_a_body_in_chunks_is_refused(http: TestClient) -> None:
    reply = http.post("/v1/gradings", content=b"{}", headers={"Transfer-Encoding": "chunked"})
    assert reply.status_code == 411
