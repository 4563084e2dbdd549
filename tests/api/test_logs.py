"""A whole run's log is searched for every word that somebody sent."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from interviewer import logs
from interviewer.api.app import create_app
from interviewer.client import Client, vouching
from interviewer.domain.question import Question
from interviewer.errors import InterviewerError
from interviewer.logs import LogFormat
from interviewer.service.accounts import Scope
from tests.api.conftest import Stage

SMALL = "small-question"
UI_KEY = "a-key-that-only-the-ui-and-the-api-have"
SECRET = "marmalade"
"""Stands in everything that is sent."""


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Log as the service does, and put the loggers back afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("interviewer")
    before = (root.handlers[:], root.level, ours.level)
    stream = io.StringIO()
    logs.set_up(LogFormat.JSON, stream)
    yield stream
    root.handlers[:], level, our_level = before
    root.setLevel(level)
    ours.setLevel(our_level)


def live(http: TestClient, client: Client, question: Question, stage: Stage) -> None:
    """Send the secret by every way in."""
    grading = client.grade(SMALL, f"The {SECRET} is a cache.", wait=10)
    client.grade(question, f"Own {SECRET}.", wait=10)
    client.appeal(grading.id, "cache", start=0, end=5, note=f"My {SECRET}")
    client.save_draft(SMALL, f"Half a {SECRET}", typed_at=stage.clock.now())
    client.rubrics.check(f"id: {SECRET}")
    client.consent(SECRET, SECRET)
    client.questions(q=SECRET)
    for attempt in (
        lambda: client.question(SECRET),
        lambda: client.attempts(cursor=f"c.{SECRET}"),
        lambda: client.grade(SMALL, f"{SECRET} \x00"),
        lambda: Client(http=http, key=f"iv_{SECRET}").topics(),
    ):
        with pytest.raises(InterviewerError):
            attempt()


def test_nothing_that_was_sent_stands_in_the_log(
    tmp_path: Path, written: io.StringIO, sound: Question
) -> None:
    stage = Stage(tmp_path, auth="oidc", ui_key=UI_KEY)
    tokens: list[str] = []
    vouch = vouching(f"https://id.example {SECRET}", UI_KEY, stage.clock)

    def bearer() -> str:
        tokens.append(vouch())
        return tokens[-1]

    with TestClient(create_app(stage.services), base_url="http://localhost") as http:
        live(http, Client(http=http, bearer=bearer), sound, stage)
        assert http.portal is not None
        key = http.portal.call(stage.accounts.create, "laptop", SECRET, [Scope.PRACTISE])
        Client(http=http, key=key).topics()
    text = written.getvalue()
    lines = [json.loads(line) for line in text.splitlines()]
    assert {line["event"] for line in lines} >= {"request", "grading"}
    assert {line["status"] for line in lines if line["event"] == "request"} >= {200, 401, 404, 422}
    for secret in (SECRET, key, UI_KEY, *tokens):
        assert secret not in text


def test_an_error_is_told_by_where_it_happened_and_not_by_what_it_says(
    written: io.StringIO,
) -> None:
    try:
        raise ValueError(f"cannot read {SECRET!r}")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    line = json.loads(written.getvalue())
    assert line["at"].startswith("ValueError: test_an_error_is_told")
    assert SECRET not in written.getvalue()


def test_the_same_is_told_in_words() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Words())
    log = logging.Logger("interviewer.requests")
    log.addHandler(handler)
    logs.say(log, "request", route="/v1/topics", status=200)
    assert stream.getvalue().endswith(
        "INFO interviewer.requests request route=/v1/topics status=200\n"
    )


def test_a_quiet_log_tells_of_trouble_only(written: io.StringIO) -> None:
    logs.set_up(LogFormat.QUIET, written)
    log = logging.getLogger("interviewer.requests")
    logs.say(log, "request", route="/v1/topics")
    log.warning("something is wrong")
    assert "something is wrong" in written.getvalue()
    assert "/v1/topics" not in written.getvalue()
