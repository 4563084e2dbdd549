"""Grades the rows of a file into a file, which is the whole state: a later run goes on from it.

While it runs, rows are appended as they are finished, so that a kill loses what was under way and
nothing else. At the end the file is put into the order of the input, in one step. Only places in
the file are held in memory, never the gradings.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from interviewer.domain.batch import BatchRow, FailedRow, GradedRow
from interviewer.domain.grading import Grading, Status
from interviewer.errors import InputError, InterviewerError
from interviewer.service.batch_rows import RowReader, failed_row


class Span(NamedTuple):
    """Where a row stands in the output."""

    start: int
    length: int


class Tally(NamedTuple):
    """How a run ended."""

    rows: int
    graded: int

    @property
    def complete(self) -> bool:
        return self.rows == self.graded


Grade = Callable[[BatchRow], Awaitable[Grading]]
"""Grades one row. Raises: InterviewerError for a row that cannot be graded."""

Identify = Callable[[BatchRow], str]
"""Returns the id that the grading of a row will have. Raises: InterviewerError."""


class BatchFile:
    """One run over an input and an output file."""

    def __init__(self, source: Path, out: Path, grade: Grade, identify: Identify) -> None:
        self._source = source
        self._out = out
        self._grade = grade
        self._identify = identify
        self._kept: dict[str, tuple[str, Span]] = {}
        self._places: dict[int, Span] = {}
        self._reader = RowReader()
        self._graded = 0

    async def run(self, concurrency: int, finished: Callable[[], None]) -> Tally:
        """Grade what is not graded yet; `finished` is called for every row.

        Raises: InputError when a file cannot be read or written.
        """
        if self._out.exists() and self._out.samefile(self._source):
            raise InputError(f"{str(self._out)!r} is the input as well; name another file.")
        try:
            self._keep_earlier()
            lines = _lines(self._source)
            with self._out.open("ab") as out:
                await asyncio.gather(
                    *(self._work(lines, out, finished) for _ in range(concurrency))
                )
            self._sort()
        except OSError as error:
            where = str(error.filename or self._out)
            raise InputError(f"{where!r} cannot be used: {error.strerror}.") from None
        return Tally(rows=len(self._places), graded=self._graded)

    async def _work(
        self, lines: Iterator[tuple[int, bytes]], out: BinaryIO, finished: Callable[[], None]
    ) -> None:
        # The workers share one iterator: each takes the next line when it is free.
        for number, line in lines:
            await self._row(number, line, out)
            finished()

    async def _row(self, number: int, line: bytes, out: BinaryIO) -> None:
        row: BatchRow | None = None
        try:
            row = self._reader.row(line)
            earlier = self._kept.get(row.id)
            if earlier is not None and earlier[0] == self._identify(row):
                self._places[number] = earlier[1]
                self._graded += 1
                return
            grading = await self._grade(row)
        except InterviewerError as error:
            self._append(number, failed_row(number, row, error), out)
            return
        self._graded += grading.status is Status.GRADED
        self._append(number, GradedRow(id=row.id, grading=grading), out)

    def _append(self, number: int, row: GradedRow | FailedRow, out: BinaryIO) -> None:
        written = row.model_dump_json().encode() + b"\n"
        self._places[number] = Span(out.tell(), len(written))
        out.write(written)
        out.flush()

    def _keep_earlier(self) -> None:
        """Find the rows that earlier runs graded, and drop a torn last line."""
        if not self._out.exists():
            return
        whole = 0
        with self._out.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._remember(line, Span(whole, len(line)))
                whole += len(line)
        os.truncate(self._out, whole)

    def _remember(self, line: bytes, span: Span) -> None:
        try:
            row = GradedRow.model_validate_json(line)
        except ValidationError:
            return
        if row.grading.status is Status.GRADED:
            self._kept[row.id] = row.grading.id, span

    def _sort(self) -> None:
        """Put the rows into the order of the input, and leave out what was superseded."""
        sorted_path = self._out.with_name(f"{self._out.name}.sorting")
        with self._out.open("rb") as file, sorted_path.open("wb") as ordered:
            for number in sorted(self._places):
                span = self._places[number]
                file.seek(span.start)
                ordered.write(file.read(span.length))
        sorted_path.replace(self._out)


def _lines(source: Path) -> Iterator[tuple[int, bytes]]:
    with source.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line
