"""People who signed in at a provider: known by the UI's signature, and by nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from interviewer.api.app import create_app
from interviewer.client import Client, vouching
from interviewer.errors import NotFound, NotSignedIn
from interviewer.service.accounts import Scope
from tests.api.conftest import ANSWER, Stage

SMALL = "small-question"
UI_KEY = "a-key-that-only-the-ui-and-the-api-have"


@pytest.fixture
def hosted(tmp_path: Path) -> Stage:
    return Stage(tmp_path, auth="oidc", ui_key=UI_KEY)


@pytest.fixture
def door(hosted: Stage) -> Iterator[TestClient]:
    with TestClient(create_app(hosted.services), base_url="http://localhost") as http:
        yield http


def person(door: TestClient, stage: Stage, name: str, key: str = UI_KEY) -> Client:
    return Client(http=door, bearer=vouching(f"https://id.example {name}", key, stage.clock))


def test_each_person_sees_their_own_history(door: TestClient, hosted: Stage) -> None:
    ada, eve = person(door, hosted, "ada"), person(door, hosted, "eve")
    grading = ada.grade(SMALL, ANSWER, wait=10)
    assert len(ada.attempts().items) == 1
    assert eve.attempts().items == ()
    with pytest.raises(NotFound):
        eve.grading(grading.id)


def test_a_token_lasts_no_longer_than_its_request(door: TestClient, hosted: Stage) -> None:
    token = vouching("https://id.example ada", UI_KEY, hosted.clock)()
    stolen = {"Authorization": f"Bearer {token}"}
    assert door.get("/v1/attempts", headers=stolen).status_code == 200
    hosted.clock.advance(minutes=2)
    assert door.get("/v1/attempts", headers=stolen).status_code == 401
    assert person(door, hosted, "ada").attempts().items == ()


def test_the_word_of_another_than_the_ui_is_refused(door: TestClient, hosted: Stage) -> None:
    with pytest.raises(NotSignedIn):
        person(door, hosted, "ada", key=f"not-{UI_KEY}").attempts()


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-User",
        "X-Forwarded-Email",
        "X-Auth-Request-User",
        "Remote-User",
        "X-User",
        "Cookie",
    ],
)
def test_what_a_client_says_of_itself_is_ignored(door: TestClient, header: str) -> None:
    assert door.get("/v1/attempts", headers={header: "ada=ada"}).status_code == 401


def test_programs_come_in_with_keys_as_ever(door: TestClient, hosted: Stage) -> None:
    assert door.portal is not None
    key = door.portal.call(hosted.accounts.create, "ci", "ci", (Scope.SCORE,))
    assert Client(http=door, key=key).grade(SMALL, ANSWER, wait=10).score is not None


def test_where_keys_are_asked_for_the_ui_vouches_for_nobody(tmp_path: Path) -> None:
    stage = Stage(tmp_path, auth="keys")
    with (
        TestClient(create_app(stage.services), base_url="http://localhost") as http,
        pytest.raises(NotSignedIn),
    ):
        person(http, stage, "ada").attempts()
