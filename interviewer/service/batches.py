"""Takes batches in, says how far they are, hands their rows out, and stops them."""

import asyncio
import hashlib
import uuid
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import AsyncExitStack

from sqlalchemy.exc import IntegrityError

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.domain.base import GradingId
from interviewer.domain.batch import Batch, BatchError, BatchRow, FailedRow
from interviewer.domain.grading import GraderKind, Grading, Status
from interviewer.domain.question import Question
from interviewer.engine.bulletin import Bulletin
from interviewer.engine.graders import Graders, grader_soon
from interviewer.engine.jobs import Jobs
from interviewer.errors import InputError, InterviewerError
from interviewer.service.batch_rows import RowReader, as_line, failed_row
from interviewer.service.practice import check_key
from interviewer.store import batch_lines, batches, gradings, rubrics
from interviewer.store.batch_lines import Result
from interviewer.store.batches import BatchesPage, Line
from interviewer.store.database import Database
from interviewer.store.paging import Cursor

MOST_ROWS = 100_000
AT_ONCE = 200
"""Rows in one transaction, or in one read."""

POLL_SECONDS = 0.5
CANCELLED = BatchError(
    kind="cancelled",
    message="The batch was cancelled before this row was graded; send it in another batch.",
)


class Batches:
    """Batches of one service; the feeder hands their rows to the engine."""

    def __init__(
        self,
        bank: QuestionBank,
        database: Database,
        jobs: Jobs,
        graders: Graders,
        clock: Clock,
        bulletin: Bulletin,
        check: Callable[[str], None],
        wake: Callable[[], None],
    ) -> None:
        """Take the parts; `check` refuses answers, `wake` tells the feeder that rows have come."""
        self._bank = bank
        self._database = database
        self._jobs = jobs
        self._graders = graders
        self._clock = clock
        self._bulletin = bulletin
        self._check = check
        self._wake = wake
        self._stopping = False

    def stop(self) -> None:
        """End all streams of results soon; whoever reads them takes them up later."""
        self._stopping = True

    async def create(
        self,
        owner: str,
        lines: AsyncIterable[bytes],
        kind: GraderKind | None = None,
        key: str | None = None,
    ) -> Batch:
        """Store all rows and let them be graded; of a broken upload nothing is left.

        Raises: InputError without a row, with too many, or where there is no such grader;
        KeyReused when the key came with other rows before.
        """
        check_key(key)
        chosen = kind or self._graders.default
        await grader_soon(self._graders, chosen)
        batch_id = uuid.uuid4().hex
        async with AsyncExitStack() as undo:
            undo.push_async_callback(self._drop, batch_id)
            async with self._database.begin() as session:
                batches.begin(session, owner, batch_id, chosen, self._clock.now())
            intake = _Intake(self._bank, self._check)
            async for rows, questions in intake.pieces(lines):
                async with self._database.begin() as session:
                    for question in questions:
                        await rubrics.keep(session, question)
                    await batches.receive(session, batch_id, rows)
            digest = intake.digest(chosen)
            earlier = await self._close(owner, batch_id, intake, key, digest)
            if earlier is not None:
                return await self.batch(owner, earlier)
            undo.pop_all()
        self._wake()
        return await self.batch(owner, batch_id)

    async def batch(self, owner: str, batch_id: str) -> Batch:
        """Return a batch as it stands. Raises: NotFound."""
        async with self._database.begin() as session:
            return await batches.find(session, owner, batch_id)

    async def page(self, owner: str, *, limit: int, cursor: str | None) -> BatchesPage:
        """Return one page of batches, newest first. Raises: InputError for a bad cursor."""
        start = None if cursor is None else Cursor.decode(cursor)
        async with self._database.begin() as session:
            return await batches.page(session, owner, limit=limit, cursor=start)

    async def cancel(self, owner: str, batch_id: str) -> Batch:
        """Stop a batch; what is graded stays, and one that has ended stays as it is.

        Raises: NotFound.
        """
        async with self._database.begin() as session:
            if (await batches.find(session, owner, batch_id)).counts.unfinished:
                await batches.cancel(session, batch_id)
        while stopped := await self._cancel_some(batch_id):
            await self._jobs.cancel(stopped)
            for grading_id in stopped:
                self._bulletin.ring(grading_id)
        return await self.batch(owner, batch_id)

    async def results(
        self, owner: str, batch_id: str, *, after: int = 0, follow: bool = False
    ) -> AsyncGenerator[str]:
        """Yield the rows after the `after`th in order, each as one line of JSON.

        Those that have not ended are left out; with `follow` they are waited for, so that a
        reader who was cut off goes on after as many rows as it has.

        Raises: NotFound.
        """
        cancelled = (await self.batch(owner, batch_id)).status == "cancelled"
        while not self._stopping:
            async with self._database.begin() as session:
                found = await batch_lines.results(session, batch_id, after, AT_ONCE)
            if not found:
                return
            for result in found:
                line = _written(result, cancelled=cancelled)
                if line is None and follow:
                    break
                if line is not None:
                    yield line
                after = result.number
            else:
                continue
            await asyncio.sleep(POLL_SECONDS)
            cancelled = (await self.batch(owner, batch_id)).status == "cancelled"

    async def _close(
        self, owner: str, batch_id: str, intake: "_Intake", key: str | None, digest: str
    ) -> str | None:
        """Open the batch, or return the one that came under the same key before."""
        try:
            async with self._database.begin() as session:
                if key is not None:
                    earlier = await batches.first(session, owner, key, digest)
                    if earlier is not None:
                        return earlier
                await batches.close(
                    session,
                    batch_id,
                    total=intake.total,
                    failed=intake.failed,
                    key=key,
                    digest=digest,
                )
        except IntegrityError:
            # The same key came twice at the same moment, and the other was first.
            assert key is not None
            async with self._database.begin() as session:
                return await batches.first(session, owner, key, digest)
        return None

    async def _drop(self, batch_id: str) -> None:
        async with self._database.begin() as session:
            await batches.drop(session, batch_id)

    async def _cancel_some(self, batch_id: str) -> list[GradingId]:
        now = self._clock.now()
        async with self._database.begin() as session:
            found = await batches.unfinished(session, batch_id, AT_ONCE)
            for row in found:
                grading = Grading.model_validate_json(row.body)
                seconds = (now - grading.created_at).total_seconds()
                ended = {"status": Status.CANCELLED, "seconds": seconds}
                await gradings.end(session, grading.model_copy(update=ended), now)
            return [GradingId(row.id) for row in found]


class _Intake:
    """Turns lines into rows to be stored, a piece at a time, and counts them."""

    def __init__(self, bank: QuestionBank, check: Callable[[str], None]) -> None:
        self._bank = bank
        self._check = check
        self._reader = RowReader()
        self._hash = hashlib.sha256()
        self._line = 0
        self.total = 0
        self.failed = 0

    def digest(self, kind: GraderKind) -> str:
        """Return 64 hex digits over the grader and all lines."""
        self._hash.update(kind.encode())
        return self._hash.hexdigest()

    async def pieces(
        self, lines: AsyncIterable[bytes]
    ) -> AsyncGenerator[tuple[list[Line], list[Question]]]:
        """Yield rows with the questions that they answer. Raises: InputError."""
        held: list[tuple[int, bytes]] = []
        async for line in lines:
            self._line += 1
            self._hash.update(line + b"\n")
            if line.strip():
                held.append((self._line, line))
            if self.total + len(held) > MOST_ROWS:
                raise InputError(f"A batch may have {MOST_ROWS:,} rows; send the rest in another.")
            if len(held) == AT_ONCE:
                yield await asyncio.to_thread(self._read, held)
                held = []
        if held:
            yield await asyncio.to_thread(self._read, held)
        if not self.total:
            raise InputError(
                "The body has no row; send one JSON object a line with id, question_id and answer."
            )

    def _read(self, held: list[tuple[int, bytes]]) -> tuple[list[Line], list[Question]]:
        # In a thread, for counting the tokens of long answers takes its time.
        questions: dict[str, Question] = {}
        return [self._row(line, written, questions) for line, written in held], [
            *questions.values()
        ]

    def _row(self, line: int, written: bytes, questions: dict[str, Question]) -> Line:
        self.total += 1
        row: BatchRow | None = None
        try:
            row = self._reader.row(written)
            question = self._bank.question(row.question_id)
            self._check(row.answer)
        except InterviewerError as error:
            self.failed += 1
            failed = failed_row(line, row, error)
            return Line(self.total, line, failed.id, failure=failed.model_dump_json())
        questions[question.id] = question
        return Line(self.total, line, row.id, question.id, question.digest, row.answer)


def _written(result: Result, *, cancelled: bool) -> str | None:
    """Return a row as it is written; None while it has not ended."""
    if result.failure is not None:
        return f"{result.failure}\n"
    if result.has_ended and result.row_id is not None and result.grading is not None:
        return as_line(result.row_id, result.grading)
    if cancelled and result.status is None:
        failed = FailedRow(id=result.row_id, line=result.line, error=CANCELLED)
        return f"{failed.model_dump_json()}\n"
    return None
