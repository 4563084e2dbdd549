import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from interviewer.client import Client
from interviewer.domain.batch import Batch, BatchRow, FailedRow, GradedRow
from interviewer.domain.grading import Status
from interviewer.errors import InputError, KeyReused, NotFound
from tests.api.conftest import ANSWER, Stage
from tests.domain.questions import SMALL as QUESTION

SMALL = QUESTION.id


def rows(count: int, question_id: str = SMALL) -> list[BatchRow]:
    return [
        BatchRow(id=f"r{number}", question_id=question_id, answer=f"{ANSWER} {number}")
        for number in range(count)
    ]


def ended(client: Client, batch: Batch) -> Batch:
    """Return the batch after its last row."""
    list(client.batches.results(batch.id, follow=True))
    return client.batches.batch(batch.id)


def send(http: TestClient, body: bytes, **headers: str) -> dict[str, object]:
    reply = http.post("/v1/batches", content=body, headers=headers)
    assert reply.status_code == 202, reply.text
    assert reply.headers["location"] == f"/v1/batches/{reply.json()['id']}"
    return reply.json()


def test_the_rows_of_a_batch_come_back_in_order_as_the_command_line_writes_them(
    client: Client, http: TestClient
) -> None:
    batch = client.batches.create(rows(40))
    found = list(client.batches.results(batch.id, follow=True))
    assert [row.id for row in found] == [f"r{number}" for number in range(40)]
    assert all(isinstance(row, GradedRow) for row in found)
    batch = client.batches.batch(batch.id)
    assert batch.status == "done"
    assert (batch.counts.total, batch.counts.graded, batch.counts.unfinished) == (40, 40, 0)
    reply = http.get(f"/v1/batches/{batch.id}/results")
    lines = reply.text.splitlines()
    assert reply.headers["content-type"] == "application/jsonl"
    assert [GradedRow.model_validate_json(line).model_dump_json() for line in lines] == lines


def test_a_faulty_row_is_named_with_its_line_and_stops_no_other(
    client: Client, http: TestClient
) -> None:
    body = b"\n".join(
        [
            json.dumps({"id": 1, "question_id": SMALL, "answer": ANSWER, "more": 1}).encode(),
            b"",
            b"{torn",
            b'{"id": "3", "question_id": "nobody", "answer": "x"}',
            b'{"id": "4", "answer": "x"}',
            json.dumps({"id": "5", "question_id": SMALL, "answer": "x" * 20_000}).encode(),
            json.dumps({"id": "1", "question_id": SMALL, "answer": ANSWER}).encode(),
            b"\xff\xfe",
            json.dumps({"id": "8", "question_id": SMALL, "answer": ANSWER}).encode(),
        ]
    )
    batch = client.batches.batch(str(send(http, body)["id"]))
    found = list(client.batches.results(batch.id, follow=True))
    assert [(row.id, row.line, row.error.kind) for row in found if isinstance(row, FailedRow)] == [
        (None, 3, "bad-row"),
        ("3", 4, "not-found"),
        ("4", 5, "bad-row"),
        ("5", 6, "answer-rejected"),
        ("1", 7, "bad-row"),
        (None, 8, "bad-row"),
    ]
    assert [row.id for row in found if isinstance(row, GradedRow)] == ["1", "8"]
    counts = client.batches.batch(batch.id).counts
    assert (counts.total, counts.failed, counts.graded) == (8, 6, 2)


def test_the_same_key_and_rows_are_one_batch_and_other_rows_are_refused(client: Client) -> None:
    first = client.batches.create(rows(3), idempotency_key="k")
    assert client.batches.create(rows(3), idempotency_key="k").id == first.id
    with pytest.raises(KeyReused):
        client.batches.create(rows(4), idempotency_key="k")
    assert len(client.batches.newest().items) == 1


@pytest.mark.parametrize("body", [b"", b"\n\n  \n"])
def test_a_body_without_a_row_is_refused_and_leaves_nothing(
    http: TestClient, client: Client, body: bytes
) -> None:
    reply = http.post("/v1/batches", content=body)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert client.batches.newest().items == ()


def test_an_upload_that_breaks_off_leaves_nothing(client: Client) -> None:
    def breaking() -> Iterator[BatchRow]:
        yield from rows(3)
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        client.batches.create(breaking())
    assert client.batches.newest().items == ()


def test_a_cancelled_batch_keeps_what_is_graded_and_says_what_is_not(
    client: Client, stage: Stage
) -> None:
    stage.jobs.held = True
    batch = client.batches.create(rows(200))
    assert client.batches.batch(batch.id).status == "queued"
    cancelled = client.batches.cancel(batch.id)
    assert cancelled.status == "cancelled"
    assert (cancelled.counts.cancelled, cancelled.counts.unfinished) == (200, 0)
    found = list(client.batches.results(batch.id))
    assert len(found) == 200
    handed_over = [row.grading.status for row in found if isinstance(row, GradedRow)]
    assert set(handed_over) <= {Status.CANCELLED}
    kinds = {row.error.kind for row in found if isinstance(row, FailedRow)}
    assert kinds == {"cancelled"}
    assert client.batches.cancel(batch.id) == cancelled


def test_cancelling_what_has_ended_changes_nothing(client: Client) -> None:
    batch = ended(client, client.batches.create(rows(2)))
    assert client.batches.cancel(batch.id) == batch


def test_a_reader_that_was_cut_off_goes_on_after_the_rows_it_has(client: Client) -> None:
    batch = client.batches.create(rows(5))
    everything = list(client.batches.results(batch.id, follow=True))
    assert list(client.batches.results(batch.id, after=3, follow=True)) == everything[3:]


def test_batches_are_listed_newest_first_in_pages(client: Client, stage: Stage) -> None:
    made: list[str] = []
    for _ in range(3):
        made.append(client.batches.create(rows(1)).id)
        stage.clock.advance(seconds=1)
    first = client.batches.newest(limit=2)
    second = client.batches.newest(limit=2, cursor=first.next)
    assert [batch.id for batch in (*first.items, *second.items)] == made[::-1]
    assert second.next is None


def test_rows_of_a_batch_are_no_part_of_ones_history(client: Client) -> None:
    ended(client, client.batches.create(rows(2)))
    assert client.attempts().items == ()


def test_a_purge_takes_batches_along(client: Client) -> None:
    batch = ended(client, client.batches.create(rows(2)))
    client.purge()
    with pytest.raises(NotFound):
        client.batches.batch(batch.id)


def test_a_chunked_body_is_taken_for_batches_alone(client: Client, http: TestClient) -> None:
    chunked = http.post("/v1/gradings", content=iter([b"{}"]))
    assert chunked.status_code == 411
    assert client.batches.create(iter(rows(1))).counts.total == 1


@pytest.mark.parametrize("path", ["", "/results", "/cancel"])
def test_an_unknown_batch_is_a_404(http: TestClient, path: str) -> None:
    method = "POST" if path == "/cancel" else "GET"
    assert http.request(method, f"/v1/batches/nobody{path}").status_code == 404


def test_a_bad_cursor_or_key_names_the_field(client: Client) -> None:
    with pytest.raises(InputError, match="cursor"):
        client.batches.newest(cursor="?")
    with pytest.raises(InputError, match="Idempotency-Key"):
        client.batches.create(rows(1), idempotency_key="k" * 300)
