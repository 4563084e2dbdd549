"""Reads the rows of a batch, from a file or from a stream, one line at a time."""

import json
from collections.abc import AsyncGenerator, AsyncIterable

from pydantic import BaseModel, ConfigDict, ValidationError

from interviewer.domain.batch import BatchError, BatchRow, FailedRow, FailureKind
from interviewer.errors import AnswerRejected, InputError, InterviewerError, NotFound

LONGEST_LINE = 600_000
"""Bytes; the longest answer that is ever taken fits, whatever it is escaped as."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BadRow(InputError):
    """A line that is no row; `row_id` is its id, if it has at least that."""

    def __init__(self, message: str, row_id: str | None = None) -> None:
        super().__init__(message)
        self.row_id = row_id


class _Named(BaseModel):
    """The least that can be read of a faulty row."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str | None = None


class RowReader:
    """Turns lines into rows, and refuses an id that it has seen."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def row(self, line: bytes) -> BatchRow:
        """Return the row that a line holds. Raises: BadRow."""
        if len(line) > LONGEST_LINE:
            raise BadRow(f"The line is longer than {LONGEST_LINE:,} bytes; shorten the answer.")
        try:
            row = BatchRow.model_validate_json(line.removeprefix(BYTE_ORDER_MARK))
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(str(part) for part in fault["loc"]) or "the row"
            raise BadRow(
                f"{where}: {fault['msg']}; write one JSON object a line with id, question_id "
                "and answer.",
                _id_of(line),
            ) from None
        if row.id in self._seen:
            raise BadRow(
                f"The id {row.id!r} stands in an earlier row as well; make ids unique.", row.id
            )
        self._seen.add(row.id)
        return row


def failed_row(number: int, row: BatchRow | None, error: InterviewerError) -> FailedRow:
    """Return what is written in the place of a row; `number` is that of its line, from 1."""
    row_id = error.row_id if isinstance(error, BadRow) else None
    return FailedRow(
        id=row.id if row else row_id,
        line=number,
        error=BatchError(kind=_kind(error), message=str(error)),
    )


async def lines_of(chunks: AsyncIterable[bytes]) -> AsyncGenerator[bytes]:
    """Yield the lines of a stream; of one that is too long only enough to be refused."""
    held = b""
    async for chunk in chunks:
        *whole, rest = (held + chunk).split(b"\n")
        for line in whole:
            yield line
        held = rest[: LONGEST_LINE + 1]
    if held:
        yield held


def _id_of(line: bytes) -> str | None:
    try:
        return _Named.model_validate_json(line.removeprefix(BYTE_ORDER_MARK)).id
    except ValidationError:
        return None


def _kind(error: InterviewerError) -> FailureKind:
    if isinstance(error, BadRow):
        return "bad-row"
    if isinstance(error, NotFound):
        return "not-found"
    return "answer-rejected" if isinstance(error, AnswerRejected) else "bad-input"


def as_line(row_id: str, grading: str) -> str:
    """Return one row of the output from a grading's JSON, as `GradedRow` is written."""
    return f'{{"id":{json.dumps(row_id, ensure_ascii=False)},"grading":{grading}}}\n'
