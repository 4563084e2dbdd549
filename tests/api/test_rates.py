"""Nobody can ask for more than their share, and everybody else does not notice."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from interviewer.api import rates
from interviewer.api.app import create_app
from interviewer.api.rates import Rates
from interviewer.errors import LimitReached
from tests.api.conftest import Stage


class Seconds:
    """A clock in seconds that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_share_that_is_used_up_fills_again_drop_by_drop() -> None:
    seconds = Seconds()
    counted = Rates(60, seconds)
    for _ in range(60):
        counted.take("ada")
    with pytest.raises(LimitReached, match="more than 60 requests") as caught:
        counted.take("ada")
    assert caught.value.retry_after == 1
    counted.take("eve")
    seconds.now += 1
    counted.take("ada")


def test_no_more_callers_are_remembered_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rates, "MOST_CALLERS", 2)
    counted = Rates(1, Seconds())
    for caller in ("ada", "eve", "bob"):
        counted.take(caller)
    counted.take("ada")
    with pytest.raises(LimitReached):
        counted.take("bob")


def test_over_the_limit_the_reply_says_when_to_come_back(tmp_path: Path) -> None:
    stage = Stage(tmp_path, requests_of_a_caller=2)
    with TestClient(create_app(stage.services), base_url="http://localhost") as http:
        replies = [http.get("/v1/topics") for _ in range(3)]
        assert [reply.status_code for reply in replies] == [200, 200, 429]
        assert int(replies[-1].headers["Retry-After"]) >= 1
        assert replies[-1].headers["content-type"] == "application/problem+json"
        assert http.get("/health/live").status_code == 200


def test_guessing_keys_is_slowed_as_well(tmp_path: Path) -> None:
    stage = Stage(tmp_path, auth="keys", requests_of_a_caller=2)
    with TestClient(create_app(stage.services), base_url="http://localhost") as http:
        guess = {"Authorization": "Bearer iv_guess"}
        statuses = [http.get("/v1/topics", headers=guess).status_code for _ in range(3)]
        assert statuses == [401, 401, 429]
