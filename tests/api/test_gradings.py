import pytest
from fastapi.testclient import TestClient

from interviewer.client import Client
from interviewer.domain.grading import Status
from interviewer.domain.question import Question
from interviewer.domain.ruling import Verdict
from interviewer.errors import InputError, KeyReused, NotFound
from interviewer.wire import DimensionEvent, DoneEvent
from tests.api.conftest import ANSWER, Stage

SMALL = "small-question"


def test_an_answer_is_graded_with_evidence_from_its_own_words(client: Client) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    assert grading.status is Status.GRADED
    cache = grading.dimensions[0].criteria[0]
    assert cache.verdict is Verdict.MET
    assert ANSWER[cache.evidence[0].start : cache.evidence[0].end] == cache.evidence[0].quote


def test_the_reply_names_where_the_grading_is(http: TestClient, stage: Stage) -> None:
    stage.jobs.held = True
    reply = http.post("/v1/gradings", json={"question_id": SMALL, "answer": ANSWER})
    assert reply.status_code == 202
    assert reply.json()["status"] == "queued"
    assert http.get(reply.headers["Location"]).json() == reply.json()


def test_a_grading_that_takes_longer_than_the_caller_prefers_is_answered_with_202(
    http: TestClient, stage: Stage
) -> None:
    stage.jobs.held = True
    reply = http.post(
        "/v1/gradings",
        json={"question_id": SMALL, "answer": ANSWER},
        headers={"Prefer": "respond-async, wait=1"},
    )
    assert reply.status_code == 202
    assert reply.headers["Preference-Applied"] == "wait=1"


def test_a_finished_grading_is_answered_with_200(http: TestClient) -> None:
    reply = http.post(
        "/v1/gradings",
        json={"question_id": SMALL, "answer": ANSWER},
        headers={"Prefer": "wait=10"},
    )
    assert reply.status_code == 200


def test_an_answer_that_is_sent_twice_is_graded_once(client: Client, stage: Stage) -> None:
    first = client.grade(SMALL, ANSWER, idempotency_key="k", wait=10)
    second = client.grade(SMALL, ANSWER, idempotency_key="k")
    assert second == first
    assert len(stage.jobs.submitted) == 1
    assert len(client.attempts().items) == 1


def test_a_key_with_another_body_is_refused(client: Client) -> None:
    client.grade(SMALL, ANSWER, idempotency_key="k")
    with pytest.raises(KeyReused, match="send a new key"):
        client.grade(SMALL, f"{ANSWER} And more.", idempotency_key="k")


def test_events_come_one_for_each_dimension_and_end_with_the_grading(client: Client) -> None:
    grading = client.grade(SMALL, ANSWER)
    events = list(client.events(grading.id))
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    assert [e.data.id for e in events if isinstance(e, DimensionEvent)] == ["storage", "safety"]
    last = events[-1]
    assert isinstance(last, DoneEvent)
    assert last.data == client.grading(grading.id)


def test_events_are_taken_up_after_the_last_one_seen(client: Client) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    everything = list(client.events(grading.id))
    assert list(client.events(grading.id, after=1)) == everything[1:]


def test_an_empty_answer_is_graded_with_nothing_and_says_why(client: Client) -> None:
    grading = client.grade(SMALL, "", wait=10)
    assert grading.status is Status.GRADED
    assert grading.score is not None
    assert grading.score.percent == 0
    assert [flag.kind for flag in grading.flags] == ["too_short"]


def test_a_cancelled_grading_keeps_the_answer(client: Client, stage: Stage) -> None:
    stage.jobs.held = True
    grading = client.grade(SMALL, ANSWER)
    assert client.cancel(grading.id).status is Status.CANCELLED
    assert client.attempt(grading.attempt_id).answer == ANSWER
    assert isinstance(list(client.events(grading.id))[-1], DoneEvent)


def test_cancelling_what_has_ended_changes_nothing(client: Client) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    assert client.cancel(grading.id) == grading


def test_a_regrading_is_added_and_the_first_one_kept(client: Client) -> None:
    first = client.grade(SMALL, ANSWER, wait=10)
    second = client.regrade(first.id)
    list(client.events(second.id))
    gradings = client.attempt(first.attempt_id).gradings
    assert {each.id for each in gradings} == {first.id, second.id}


def test_a_question_of_ones_own_can_be_sent_along(client: Client, sound: Question) -> None:
    grading = client.grade(sound, ANSWER, wait=10)
    assert grading.question_id == sound.id
    assert grading.status is Status.GRADED


def test_who_has_seen_the_end_of_a_grading_is_told_that_nothing_follows(
    client: Client, http: TestClient
) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    last = list(client.events(grading.id))[-1].id
    path = f"/v1/gradings/{grading.id}/events"
    assert http.get(path, headers={"Last-Event-ID": str(last)}).status_code == 204
    assert http.get(path, headers={"Last-Event-ID": str(last - 1)}).status_code == 200


def test_an_attempt_can_revise_another_of_the_same_question_only(client: Client) -> None:
    first = client.grade(SMALL, ANSWER)
    revised = client.grade(SMALL, f"{ANSWER} More.", revises=first.attempt_id)
    assert client.attempt(revised.attempt_id).revises == first.attempt_id
    with pytest.raises(InputError, match="answers the question"):
        client.grade("second-question", ANSWER, revises=first.attempt_id)
    with pytest.raises(NotFound):
        client.grade(SMALL, ANSWER, revises="nobody")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        pytest.param({"answer": "words"}, 422, "body", id="no-question"),
        pytest.param({"question_id": SMALL}, 422, "answer", id="no-answer"),
        pytest.param({"question_id": "nobody", "answer": "x"}, 404, None, id="unknown-question"),
        pytest.param({"question_id": SMALL, "answer": "x " * 6000}, 413, "answer", id="too-long"),
        pytest.param(
            {"question_id": SMALL, "answer": "x" * 100_001}, 413, "answer", id="far-too-long"
        ),
        pytest.param(
            {"question_id": SMALL, "answer": "x", "seconds": -1}, 422, "seconds", id="seconds"
        ),
        pytest.param({"question_id": SMALL, "answer": "x", "more": 1}, 422, "more", id="unknown"),
    ],
)
def test_bad_input_names_the_field(
    http: TestClient, body: dict[str, str | int], status: int, field: str | None
) -> None:
    reply = http.post("/v1/gradings", json=body)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    errors = reply.json()["errors"]
    assert [each["field"] for each in errors] == ([] if field is None else [field])


def test_a_body_that_is_no_json_is_a_400(http: TestClient) -> None:
    reply = http.post("/v1/gradings", content=b"{", headers={"Content-Type": "application/json"})
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_far_too_large_is_a_413(http: TestClient) -> None:
    reply = http.post("/v1/gradings", json={"question_id": SMALL, "answer": "x" * 1_000_000})
    assert reply.status_code == 413
    assert reply.headers["content-type"] == "application/problem+json"
