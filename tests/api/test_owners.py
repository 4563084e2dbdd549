"""Every route of the document, asked by somebody who owns nothing.

A new route is walked as well: what it takes comes from its example, and an id that this test does
not know fails it.
"""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import JsonValue

from interviewer.api.app import MODULES, create_app
from interviewer.api.document import EXAMPLES
from interviewer.service.accounts import Scope
from tests.api.conftest import ANSWER, Stage

SMALL = "small-question"
MOMENT = "2026-01-05T09:00:00Z"
ROUTES = sorted(
    f"{method} {route.path}"
    for module in MODULES
    for route in module.router.routes
    if isinstance(route, APIRoute)
    for method in route.methods or ()
)
OPEN = {"GET /health/live", "GET /health/ready", "GET /metrics"}
"""What wants no key, and so may show nobody's rows."""


class Rows(NamedTuple):
    """One of everything that belongs to Ada."""

    headers: dict[str, str]
    ids: dict[str, str]
    secrets: tuple[str, ...]


class House(NamedTuple):
    """The service, Ada's rows in it, and Eve, who has a key and nothing else."""

    http: TestClient
    ada: Rows
    eve: dict[str, str]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    stage = Stage(tmp_path_factory.mktemp("owners"), auth="keys")
    with TestClient(create_app(stage.services), base_url="http://localhost") as http:
        ada, eve = (_key(http, stage, name) for name in ("ada", "eve"))
        yield House(http, _fill(http, ada), eve)


def _key(http: TestClient, stage: Stage, owner: str) -> dict[str, str]:
    assert http.portal is not None
    key = http.portal.call(stage.accounts.create, "test", owner, (Scope.PRACTISE,))
    return {"Authorization": f"Bearer {key}"}


def _fill(http: TestClient, ada: dict[str, str]) -> Rows:
    def said(method: str, path: str, body: JsonValue) -> dict[str, str]:
        reply = http.request(method, path, json=body, headers={**ada, "Prefer": "wait=20"})
        assert reply.is_success, reply.text
        return reply.json()

    draft: JsonValue = {"answer": "a draft of Ada's", "typed_at": MOMENT}
    said("PUT", "/v1/drafts/second-question", draft)
    grading = said("POST", "/v1/gradings", {"question_id": SMALL, "answer": ANSWER})
    room = said("POST", "/v1/interviews", {"questions": 1, "role": "a role of Ada's"})
    rows = json.dumps({"id": "1", "question_id": SMALL, "answer": ANSWER})
    batch = http.post(
        "/v1/batches", content=rows, headers={**ada, "Content-Type": "application/jsonl"}
    )
    ids = {
        "batch_id": str(batch.json()["id"]),
        "grading_id": grading["id"],
        "attempt_id": grading["attempt_id"],
        "interview_id": room["id"],
    }
    return Rows(ada, ids, (ANSWER, "a draft of Ada's", "a role of Ada's", *ids.values()))


def _ask(house: House, route: str) -> tuple[bool, int, str]:
    """Send Eve's request with Ada's ids; return whether it names any, and what came back."""
    method, template = route.split()
    names = re.findall(r"{(\w+)}", template)
    known = {**house.ada.ids, "question_id": "second-question"}
    assert set(names) <= set(known), f"make one of Ada's for {route} in _fill, and name its id"
    path = re.sub(r"{(\w+)}", lambda found: known[found[1]], template)
    example: JsonValue = json.loads(EXAMPLES.read_text(encoding="utf-8"))[route].get("request")
    reply = house.http.request(method, path, json=example, headers=house.eve)
    return bool(set(names) - {"question_id"}), reply.status_code, reply.text


def _everything(house: House) -> str:
    """Return all that Ada can see of her own."""
    paths = ["/v1/export", "/v1/drafts/second-question", "/v1/questions"]
    paths.append(f"/v1/interviews/{house.ada.ids['interview_id']}")
    return "".join(house.http.get(path, headers=house.ada.headers).text for path in paths)


@pytest.mark.parametrize("route", ROUTES)
def test_someone_elses_rows_are_neither_shown_nor_touched(house: House, route: str) -> None:
    before = _everything(house)
    named, status, text = _ask(house, route)
    if named:
        assert status == 404, f"{route} answered {status} for an id of Ada's: {text}"
    else:
        shown = [secret for secret in house.ada.secrets if secret in text]
        assert shown == [], f"{route} shows Eve what is Ada's"
    assert _everything(house) == before


@pytest.mark.parametrize("route", sorted(set(ROUTES) - OPEN))
def test_without_a_key_there_is_nothing_to_see(house: House, route: str) -> None:
    method, template = route.split()
    reply = house.http.request(method, template.replace("{", "").replace("}", ""))
    assert reply.status_code == 401
    assert reply.headers["content-type"] == "application/problem+json"


def test_the_document_names_the_routes_that_are_walked(house: House) -> None:
    paths = house.http.get("/openapi.json").json()["paths"]
    named = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert named == set(ROUTES)
