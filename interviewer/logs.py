"""What the service writes to its log: one line an event, as words or as JSON, and nobody's words.

A line may hold routes, ids, counts and times. It never holds an answer, a question that was sent
along, a query string or a credential: nothing that a caller wrote is ever handed to the log, and a
traceback is kept to where it happened, for what an error says may quote what it was given.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from enum import StrEnum
from typing import TextIO

FIELDS = "fields"
"""The attribute of a record that holds what is said beside the message."""


class LogFormat(StrEnum):
    QUIET = "quiet"
    TEXT = "text"
    JSON = "json"


Field = str | int | float | None


def say(log: logging.Logger, event: str, **fields: Field) -> None:
    """Write one event with its fields, such as `request`, `route="/v1/topics"`, `status=200`."""
    log.info(event, extra={FIELDS: fields})


def set_up(form: LogFormat, stream: TextIO | None = None) -> None:
    """Send what is logged to stderr: trouble always, ours from `info` unless it is to be quiet."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form is LogFormat.JSON else Words())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    quiet = form is LogFormat.QUIET
    logging.getLogger("interviewer").setLevel(logging.WARNING if quiet else logging.INFO)


class Words(logging.Formatter):
    """`12:00:00 INFO interviewer.api request route=/v1/topics status=200`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        told = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        line = f"{_moment(record):%H:%M:%S} {record.levelname} {record.name} {record.getMessage()}"
        where = _where(record)
        return " ".join(part for part in (line, told, f"at {where}" if where else "") if part)


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line: dict[str, Field] = {
            "time": _moment(record).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_fields(record),
        }
        where = _where(record)
        if where:
            line["at"] = where
        return json.dumps(line, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _fields(record: logging.LogRecord) -> dict[str, Field]:
    found: dict[str, Field] = getattr(record, FIELDS, {})
    return found


def _where(record: logging.LogRecord) -> str:
    """Return the kind of an error and the places it passed, without what it says."""
    if record.exc_info is None or record.exc_info[0] is None:
        return ""
    kind, _, trace = record.exc_info
    frames = traceback.extract_tb(trace)
    places = " < ".join(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in frames[::-1])
    return f"{kind.__name__}: {places}"
