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


def test_requests_are_counted_by_route_and_never_by_id(http: TestClient) -> None:
    http.get("/v1/questions/small-question")
    http.get("/v1/gradings/nobody")
    text = http.get("/metrics").text
    assert 'route="/v1/questions/{question_id}",status="200"} 1.0' in text
    assert 'route="/v1/gradings/{grading_id}",status="404"} 1.0' in text
    assert "nobody" not in text


def test_the_queue_is_counted_by_state_and_by_its_oldest(
    client: Client, stage: Stage, http: TestClient
) -> None:
    client.grade("small-question", "A cache in front of the store.", wait=10)
    stage.jobs.held = True
    client.grade("small-question", "Another one.")
    stage.clock.advance(seconds=90)
    text = http.get("/metrics").text
    assert 'interviewer_gradings{status="graded"} 1.0' in text
    assert 'interviewer_gradings{status="queued"} 1.0' in text
    assert 'interviewer_gradings{status="partial"} 0.0' in text
    assert "interviewer_oldest_unfinished_seconds 90.0" in text
