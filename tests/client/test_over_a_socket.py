"""The typed client against the real application, over a real socket, from first to last."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.api.app import create_app
from interviewer.client import Client
from interviewer.clock import SystemClock
from interviewer.domain.batch import BatchRow, GradedRow
from interviewer.domain.grading import Status
from interviewer.errors import KeyReused, NotFound
from interviewer.store.database import Database
from interviewer.wire import DoneEvent
from tests.api.conftest import ANSWER, BANK
from tests.browser.servers import serving
from tests.fakes import ScriptedGrader
from tests.staging import staged

SMALL = "small-question"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    file: Path = tmp_path_factory.mktemp("socket") / "socket.sqlite3"
    services, _ = staged(
        BANK,
        Database(f"sqlite:///{file}"),
        SystemClock(),
        ScriptedGrader({"cache": "a cache in front of the store"}),
        lambda answer: None,
        ("127.0.0.1",),
    )
    with serving(lambda: create_app(services)) as service, Client(service.url) as client:
        yield client


def test_what_the_service_is_and_what_it_asks(client: Client) -> None:
    assert client.ready().ready
    assert client.about().auth == "none"
    assert [topic.id for topic in client.topics()] == ["mlops"]
    assert {question.id for question in client.questions()} == {SMALL, "second-question"}
    assert client.question(SMALL).solution is None or client.question(SMALL).attempts > 0
    assert client.rubrics.check("id: x").faults
    assert client.estimate(SMALL, ANSWER).answer_tokens > 0


def test_an_answer_from_its_draft_to_its_appeal(client: Client) -> None:
    typed = SystemClock().now()
    assert client.save_draft(SMALL, "A cac", typed_at=typed).answer == "A cac"
    assert client.draft(SMALL).typed_at == typed
    first = client.grade(SMALL, ANSWER, idempotency_key="socket", wait=20)
    assert first.status is Status.GRADED
    assert client.grade(SMALL, ANSWER, idempotency_key="socket") == first
    with pytest.raises(KeyReused):
        client.grade(SMALL, "Another.", idempotency_key="socket")
    events = list(client.events(first.id))
    assert isinstance(events[-1], DoneEvent)
    assert list(client.events(first.id, after=1)) == events[1:]
    assert client.cancel(first.id) == first
    second = client.appeal(first.id, "backup", start=0, end=10)
    third = client.regrade(first.id)
    for grading in (second, third):
        assert isinstance(list(client.events(grading.id))[-1], DoneEvent)
    kept = client.attempt(first.attempt_id)
    assert {grading.id for grading in kept.gradings} == {first.id, second.id, third.id}


def test_a_history_is_read_in_pages_and_taken_out(client: Client) -> None:
    for number in range(3):
        client.grade("second-question", f"{ANSWER} {number}", wait=20)
    page = client.attempts(question_id="second-question", limit=2)
    rest = client.attempts(question_id="second-question", limit=2, cursor=page.next)
    assert [len(page.items), len(rest.items), rest.next] == [2, 1, None]
    exported = json.loads(client.export())
    assert {each["id"] for each in exported["attempts"]} >= {each.id for each in page.items}
    assert client.export("csv").startswith("attempt,question,")


def test_a_batch_goes_out_and_comes_back(client: Client) -> None:
    rows = [BatchRow(id=str(n), question_id=SMALL, answer=f"{ANSWER} {n}") for n in range(3)]
    batch = client.batches.create(rows)
    results = list(client.batches.results(batch.id, follow=True))
    assert [row.id for row in results] == ["0", "1", "2"]
    assert all(isinstance(row, GradedRow) for row in results)


def test_what_is_deleted_is_gone(client: Client) -> None:
    grading = client.grade(SMALL, f"{ANSWER} To be deleted.", wait=20)
    assert client.purge().attempts >= 1
    with pytest.raises(NotFound):
        client.attempt(grading.attempt_id)
    assert client.attempts().items == ()
