"""Keys, scopes, and that nobody reaches what is someone else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from interviewer.api.app import create_app
from interviewer.service.accounts import Scope
from tests.api.conftest import ANSWER, Stage

SMALL = "small-question"
OPEN = {"/health/live", "/health/ready", "/metrics"}


@pytest.fixture
def guarded(tmp_path: Path) -> Stage:
    return Stage(tmp_path, auth="keys")


@pytest.fixture
def door(guarded: Stage) -> Iterator[TestClient]:
    with TestClient(create_app(guarded.services), base_url="http://localhost") as client:
        yield client


def key(door: TestClient, stage: Stage, owner: str, *scopes: Scope) -> dict[str, str]:
    assert door.portal is not None
    made = door.portal.call(stage.accounts.create, "test", owner, scopes or (Scope.PRACTISE,))
    return {"Authorization": f"Bearer {made}"}


def grade(door: TestClient, headers: dict[str, str]) -> dict[str, str]:
    body = {"question_id": SMALL, "answer": ANSWER}
    reply = door.post("/v1/gradings", json=body, headers={**headers, "Prefer": "wait=10"})
    assert reply.status_code == 200
    return reply.json()


def test_every_route_but_the_health_checks_wants_a_key(door: TestClient) -> None:
    paths = door.get("/openapi.json").json()["paths"]
    for path, methods in paths.items():
        for method in set(methods) & {"get", "post", "put", "delete"}:
            reply = door.request(method, path.replace("{", "").replace("}", ""))
            wanted = reply.status_code != 401 if path in OPEN else reply.status_code == 401
            assert wanted, f"{method} {path} answered {reply.status_code}"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer iv_wrong", "Basic iv_wrong", "iv_wrong"])
def test_a_key_that_is_none_is_refused(door: TestClient, header: str) -> None:
    reply = door.get("/v1/attempts", headers={"Authorization": header})
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_someone_elses_rows_are_not_there(door: TestClient, guarded: Stage) -> None:
    ada, eve = key(door, guarded, "ada"), key(door, guarded, "eve")
    grading = grade(door, ada)
    of_grading = f"/v1/gradings/{grading['id']}"
    appeal = {"criterion_id": "backup", "start": 0, "end": 5}
    for method, path, body in [
        ("get", of_grading, None),
        ("get", f"{of_grading}/events", None),
        ("post", f"{of_grading}/cancel", None),
        ("post", f"{of_grading}/regrade", {}),
        ("post", f"{of_grading}/appeals", appeal),
        ("get", f"/v1/attempts/{grading['attempt_id']}", None),
    ]:
        assert door.request(method, path, json=body, headers=eve).status_code == 404, path
    revising = {"question_id": SMALL, "answer": ANSWER, "revises": grading["attempt_id"]}
    assert door.post("/v1/gradings", json=revising, headers=eve).status_code == 404
    assert door.get("/v1/attempts", headers=eve).json()["items"] == []
    assert door.get("/v1/export", headers=eve).json() == {"attempts": []}
    assert door.delete("/v1/me/history", headers=eve).json()["attempts"] == 0
    assert len(door.get("/v1/attempts", headers=ada).json()["items"]) == 1


def test_the_same_idempotency_key_of_two_owners_is_two_keys(
    door: TestClient, guarded: Stage
) -> None:
    ada, eve = key(door, guarded, "ada"), key(door, guarded, "eve")
    first = grade(door, {**ada, "Idempotency-Key": "k"})
    second = grade(door, {**eve, "Idempotency-Key": "k"})
    assert first["id"] != second["id"]


def test_a_key_for_scoring_reads_no_history(door: TestClient, guarded: Stage) -> None:
    scoring = key(door, guarded, "platform", Scope.SCORE)
    grade(door, scoring)
    reply = door.get("/v1/attempts", headers=scoring)
    assert reply.status_code == 403


def test_a_revoked_key_is_worthless(door: TestClient, guarded: Stage) -> None:
    ada = key(door, guarded, "ada")
    assert door.portal is not None
    listed = door.portal.call(guarded.accounts.keys)
    door.portal.call(guarded.accounts.revoke, listed[0].id)
    assert door.get("/v1/attempts", headers=ada).status_code == 401


def test_a_key_is_stored_as_its_hash_alone(door: TestClient, guarded: Stage) -> None:
    ada = key(door, guarded, "ada")
    assert guarded.database.file is not None
    stored = b"".join(
        path.read_bytes() for path in guarded.database.file.parent.iterdir() if path.is_file()
    )
    assert ada["Authorization"].removeprefix("Bearer ").encode() not in stored
