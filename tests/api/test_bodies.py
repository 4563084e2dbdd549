"""Bodies that are no JSON, no text, or too much of either."""

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import JsonValue

from interviewer.api import errors
from interviewer.api.bodies import not_text
from interviewer.domain.question import Question
from tests.api.conftest import ANSWER
from tests.domain.questions import SMALL

JSON = {"Content-Type": "application/json"}


def sent(question: JsonValue) -> dict[str, JsonValue]:
    return {"question": question, "answer": ANSWER}


def problem_of(http: TestClient, content: bytes, kind: str = "application/json") -> JsonValue:
    reply = http.post("/v1/gradings", content=content, headers={"Content-Type": kind})
    assert 400 <= reply.status_code < 500
    assert reply.headers["content-type"] == "application/problem+json"
    told: JsonValue = reply.json()
    return told


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"{", "application/json", id="torn"),
        pytest.param(b'{"answer": "x"}', "text/plain", id="said-to-be-text"),
        pytest.param(b"answer=x", "application/x-www-form-urlencoded", id="a-form"),
        pytest.param(b"\xff\xfe", "application/json", id="bytes"),
        pytest.param(b"[" * 200_000, "application/json", id="nested-without-end"),
        pytest.param(b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "application/json", id="nested"),
    ],
)
def test_what_is_no_json_is_a_400(http: TestClient, content: bytes, kind: str) -> None:
    told = problem_of(http, content, kind)
    assert isinstance(told, dict)
    assert told["status"] == 400


@pytest.mark.parametrize(
    ("path", "method", "body", "field"),
    [
        ("/v1/gradings", "POST", {"question_id": SMALL.id, "answer": "half \ud800"}, "answer"),
        ("/v1/gradings", "POST", {"question_id": SMALL.id, "answer": "nul \x00"}, "answer"),
        (
            f"/v1/drafts/{SMALL.id}",
            "PUT",
            {"answer": "\udfff", "typed_at": "2026-01-01T00:00:00Z"},
            "answer",
        ),
        ("/v1/consent", "PUT", {"server": "\ud800", "model": "m"}, "server"),
        ("/v1/rubrics/check", "POST", {"text": "id: \ud800"}, "text"),
    ],
)
def test_text_that_cannot_be_kept_is_refused_with_its_field(
    http: TestClient, path: str, method: str, body: dict[str, str], field: str
) -> None:
    reply = http.request(method, path, content=json.dumps(body), headers=JSON)
    assert reply.status_code == 422
    assert [each["field"] for each in reply.json()["errors"]] == [field]


def test_the_first_string_that_is_no_text_is_named() -> None:
    assert not_text({"a": [{"b": "fine"}, {"c": "\x00"}]}) == "a[1].c"
    assert not_text({"a\ud800": 1}) == "body"
    assert not_text([1, None, "all fine \U0001f600"]) is None


def test_a_path_with_a_nul_leads_nowhere(http: TestClient) -> None:
    assert http.get("/v1/attempts/%00").status_code == 404


def test_tens_of_thousands_of_faults_are_not_all_told(http: TestClient) -> None:
    many = {f"field{n}": n for n in range(20_000)}
    reply = http.post("/v1/gradings", json=many)
    assert reply.status_code == 422
    assert len(reply.json()["errors"]) == 20
    assert len(reply.content) < 10_000
    assert "more" in reply.json()["detail"]


def test_no_path_is_redirected(http: TestClient) -> None:
    reply = http.get("/v1/questions/", follow_redirects=False)
    assert reply.status_code == 404


def test_an_error_of_our_own_is_a_problem_that_says_nothing_of_it() -> None:
    app = FastAPI()
    errors.install(app)

    @app.get("/")
    def fail() -> None:
        raise ZeroDivisionError("the answer was: secret")

    reply = TestClient(app, raise_server_exceptions=False).get("/")
    assert reply.status_code == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert "secret" not in reply.text


def test_a_question_of_ones_own_is_held_to_what_check_demands(
    http: TestClient, sound: Question
) -> None:
    written = sound.model_dump(mode="json")
    written["rubric"]["dimensions"][0]["criteria"][0]["statement"] = "Shows a deep understanding."
    written["hints"] = []
    reply = http.post("/v1/gradings", json=sent(written))
    assert reply.status_code == 422
    assert {each["field"] for each in reply.json()["errors"]} == {
        "question.rubric.dimensions[0].criteria[0].statement",
        "question.hints",
    }
    assert "interviewer check" in reply.json()["detail"]


def test_a_sound_question_of_ones_own_is_graded(http: TestClient, sound: Question) -> None:
    reply = http.post(
        "/v1/gradings", json=sent(sound.model_dump(mode="json")), headers={"Prefer": "wait=10"}
    )
    assert reply.status_code == 200
    assert reply.json()["question_id"] == sound.id


def test_a_question_longer_than_a_question_file_is_refused(
    http: TestClient, sound: Question
) -> None:
    written = sound.model_dump(mode="json") | {"reference_answer": "word " * 41_000}
    reply = http.post("/v1/gradings", json=sent(written))
    assert reply.status_code == 422
    assert "200,000 characters" in reply.json()["detail"]
