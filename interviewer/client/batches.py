"""Batches over HTTP."""

from collections.abc import Iterable, Iterator
from uuid import uuid4

from pydantic import TypeAdapter

from interviewer.client.connection import Connection
from interviewer.domain.batch import Batch, BatchRow, FailedRow, GradedRow
from interviewer.domain.grading import GraderKind
from interviewer.wire import BatchPage

_ROW: TypeAdapter[GradedRow | FailedRow] = TypeAdapter(GradedRow | FailedRow)


class Batches:
    """Has many answers graded in one go, and reads them back row by row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(
        self,
        rows: Iterable[BatchRow],
        *,
        grader: GraderKind | None = None,
        idempotency_key: str | None = None,
    ) -> Batch:
        """Send rows as they come from the iterable; all are stored when this returns.

        The same `idempotency_key` and rows give the first batch again; without one, a fresh key
        is made.
        """
        return self._connection.upload(
            "/v1/batches",
            Batch,
            (f"{row.model_dump_json()}\n".encode() for row in rows),
            query={"grader": grader},
            headers={
                "Idempotency-Key": idempotency_key or str(uuid4()),
                "Content-Type": "application/jsonl",
            },
        )

    def batch(self, batch_id: str) -> Batch:
        """Return how far a batch is."""
        return self._connection.ask("GET", f"/v1/batches/{batch_id}", Batch)

    def newest(self, *, limit: int = 50, cursor: str | None = None) -> BatchPage:
        """Return one page of one's batches, newest first."""
        query = {"limit": limit, "cursor": cursor}
        return self._connection.ask("GET", "/v1/batches", BatchPage, query=query)

    def results(
        self, batch_id: str, *, after: int = 0, follow: bool = False
    ) -> Iterator[GradedRow | FailedRow]:
        """Yield the rows that have ended, in the order they were sent in.

        With `follow`, wait for each; a reader who was cut off goes on with `after`, the number of
        rows that it has.
        """
        query = {"after": after, "follow": follow}
        for line in self._connection.lines(f"/v1/batches/{batch_id}/results", query=query):
            yield _ROW.validate_json(line)

    def cancel(self, batch_id: str) -> Batch:
        """Stop a batch; the rows that are graded are kept."""
        return self._connection.ask("POST", f"/v1/batches/{batch_id}/cancel", Batch)
