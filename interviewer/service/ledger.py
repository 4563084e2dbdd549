"""A file of finished gradings that a later run goes on from.

Each line is `{"id", "grading"}`. A grading's own id is made of what it depends on, so a row is
kept exactly as long as question, answer, grader and prompt are the same.
"""

from pathlib import Path

from pydantic import ValidationError

from interviewer.domain.base import GradingId, Model
from interviewer.domain.grading import Grading, Status
from interviewer.errors import InputError


class Row(Model):
    """One finished grading under the id of its input row."""

    id: str
    grading: Grading


class Ledger:
    """Appends rows, and knows those of earlier runs; a torn last line is dropped."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = {row.id: row.grading for row in _read(path)}

    def kept(self, row_id: str, grading_id: GradingId) -> Grading | None:
        """Return the grading of an earlier run, if it was of the same thing and got a score."""
        found = self._rows.get(row_id)
        if found is None or found.id != grading_id or found.status is not Status.GRADED:
            return None
        return found

    def write(self, row_id: str, grading: Grading) -> None:
        """Append one row. Raises: InputError when the file cannot be written."""
        line = Row(id=row_id, grading=grading).model_dump_json()
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise InputError(f"{str(self._path)!r} cannot be written: {error.strerror}.") from None


def _read(path: Path) -> list[Row]:
    if not path.exists():
        return []
    written = path.read_text(encoding="utf-8", errors="replace")
    whole, _, torn = written.rpartition("\n")
    if torn:
        path.write_text(whole + "\n" if whole else "", encoding="utf-8")
    rows: list[Row] = []
    for line in whole.split("\n"):
        try:
            rows.append(Row.model_validate_json(line))
        except ValidationError:
            continue
    return rows


def read_gradings(path: Path) -> dict[str, Grading]:
    """Return the gradings of a file by row id. Raises: InputError when it cannot be read."""
    if not path.is_file():
        raise InputError(f"There is no file {str(path)!r} of gradings; write one with --save.")
    return {row.id: row.grading for row in _read(path)}
