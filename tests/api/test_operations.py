from fastapi.testclient import TestClient

from interviewer.client import Client
from tests.api.conftest import Stage


def test_a_service_that_can_take_work_says_so(client: Client) -> None:
    readiness = client.ready()
    assert readiness.ready
    assert [part.name for part in readiness.parts] == ["questions", "database", "engine"]


def test_a_service_that_cannot_says_which_part(client: Client, stage: Stage) -> None:
    stage.jobs.running = False
    readiness = client.ready()
    assert not readiness.ready
    assert [part.name for part in readiness.parts if not part.ready] == ["engine"]


def test_being_alive_needs_nothing(http: TestClient) -> None:
    assert http.get("/health/live").json() == {"live": True}
