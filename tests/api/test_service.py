import json

import pytest
from fastapi.testclient import TestClient

from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.errors import NotFound
from tests.api.conftest import ANSWER, Stage

SMALL = "small-question"


def test_what_will_happen_with_an_answer_is_told_before_it_is_sent(client: Client) -> None:
    grader = client.about().grader
    assert (grader.kind, grader.server, grader.model) == (
        GraderKind.LLM,
        "models.example",
        "scripted",
    )
    assert grader.leaves_machine
    assert not grader.consented
    estimate = client.estimate(SMALL, ANSWER)
    assert estimate.server == "models.example"
    assert estimate.answer_tokens == len(ANSWER)


def test_consent_is_for_one_server_and_model(client: Client) -> None:
    client.consent("models.example", "another")
    assert not client.about().grader.consented
    client.consent("models.example", "scripted")
    assert client.about().grader.consented


def test_what_was_spent_today_is_told(client: Client, stage: Stage) -> None:
    client.grade(SMALL, ANSWER, wait=10)
    assert client.about().grader.spent_today_usd == pytest.approx(0.002)
    stage.clock.advance(days=1)
    assert client.about().grader.spent_today_usd == 0


def test_history_is_taken_out_in_each_form(client: Client) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    assert grading.score is not None
    exported = json.loads(client.export())
    assert exported["attempts"][0]["gradings"][0]["id"] == grading.id
    assert ANSWER in client.export("markdown")
    assert f"{grading.score.percent:.2f}" in client.export("csv")


def test_an_answer_cannot_become_a_formula(client: Client) -> None:
    client.grade(SMALL, "=HYPERLINK(1) in front of the store", wait=10)
    assert ",'=HYPERLINK" in client.export("csv").replace('"', "")


def test_a_purge_leaves_nothing(client: Client, stage: Stage) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    client.save_draft("second-question", "half", typed_at=stage.clock.now())
    client.study(SMALL)
    purged = client.purge()
    assert (purged.attempts, purged.gradings, purged.drafts) == (1, 1, 1)
    assert stage.jobs.forgotten == [grading.id]
    assert client.attempts().items == ()
    assert client.question(SMALL).solution is None
    with pytest.raises(NotFound):
        client.grading(grading.id)


def test_the_document_of_the_api_names_every_route(http: TestClient) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    assert "/v1/gradings" in paths
    assert "/v1/me/history" in paths
