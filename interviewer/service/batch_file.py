"""Grades the rows of a file into a file, which is the whole state: a later run goes on from it.

While it runs, rows are appended as they are finished, so that a kill loses what was under way and
nothing else. At the end the file is put into the order of the input, in one step. Only places in
the file are held in memory, never the gradings.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interviewer.domain.base import Model
from interviewer.domain.grading import Grading, Status
from interviewer.errors import AnswerRejected, InputError, InterviewerError, NotFound

Kind = Literal["bad-row", "not-found", "answer-rejected", "bad-input"]


class BatchRow(BaseModel):
    """One row of the input; other keys are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str = Field(min_length=1, max_length=200)
    question_id: str
    answer: str


class BatchError(Model):
    """Why a row could not be graded."""

    kind: Kind
    message: str


class GradedRow(Model):
    """One row of the output that was graded, whatever came out."""

    id: str
    grading: Grading


class FailedRow(Model):
    """One row of the output that could not be graded at all; `line` counts from 1."""

    id: str | None
    line: int
    error: BatchError


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
        self._seen: set[str] = set()
        self._graded = 0

    async def run(self, concurrency: int, finished: Callable[[], None]) -> Tally:
        """Grade what is not graded yet; `finished` is called for every row.

        Raises: InputError when a file cannot be read or written.
        """
        try:
            self._keep_earlier()
            lines = _lines(self._source)
            with self._out.open("ab") as out:
                await asyncio.gather(
                    *(self._work(lines, out, finished) for _ in range(concurrency))
                )
            self._sort()
        except OSError as error:
            raise InputError(f"{error.filename!r} cannot be used: {error.strerror}.") from None
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
            row = self._parse(line)
            earlier = self._kept.get(row.id)
            if earlier is not None and earlier[0] == self._identify(row):
                self._places[number] = earlier[1]
                self._graded += 1
                return
            grading = await self._grade(row)
        except InterviewerError as error:
            failure = BatchError(kind=_kind(error), message=str(error))
            failed = FailedRow(id=row.id if row else None, line=number, error=failure)
            self._append(number, failed, out)
            return
        self._graded += grading.status is Status.GRADED
        self._append(number, GradedRow(id=row.id, grading=grading), out)

    def _parse(self, line: bytes) -> BatchRow:
        try:
            row = BatchRow.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(str(part) for part in fault["loc"]) or "the row"
            raise _BadRow(
                f"{where}: {fault['msg']}; write one JSON object a line with id, question_id "
                "and answer."
            ) from None
        if row.id in self._seen:
            raise _BadRow(f"The id {row.id!r} stands in an earlier row as well; make ids unique.")
        self._seen.add(row.id)
        return row

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


class _BadRow(InputError):
    """A line that is no row."""


def _lines(source: Path) -> Iterator[tuple[int, bytes]]:
    with source.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line


def _kind(error: InterviewerError) -> Kind:
    if isinstance(error, _BadRow):
        return "bad-row"
    if isinstance(error, NotFound):
        return "not-found"
    return "answer-rejected" if isinstance(error, AnswerRejected) else "bad-input"
