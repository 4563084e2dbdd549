"""Takes all of one's history out, and deletes it."""

import csv
import io
from collections.abc import Callable, Iterable

from interviewer.domain.attempt import Attempt
from interviewer.domain.base import Model
from interviewer.domain.report import markdown
from interviewer.engine.jobs import Jobs
from interviewer.store import attempts, portability
from interviewer.store.database import Database
from interviewer.store.paging import Cursor
from interviewer.store.portability import Deleted

PAGE = 200


class Exported(Model):
    """Everything, as JSON: attempts with their gradings, in the shape of the API."""

    attempts: tuple[Attempt, ...]


class Portability:
    """A candidate's own data, in and out of nobody else's sight."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._database = database
        self._jobs = jobs

    async def export(self, owner: str, write: Callable[[Iterable[Attempt]], str]) -> str:
        """Return all attempts, newest first, as `write` writes them."""
        found: list[Attempt] = []
        cursor: Cursor | None = None
        while True:
            async with self._database.begin() as session:
                page = await attempts.page(session, owner, limit=PAGE, cursor=cursor)
            found += page.items
            if page.next is None:
                return write(found)
            cursor = Cursor.decode(page.next)

    async def purge(self, owner: str) -> Deleted:
        """Delete everything of a candidate, in our tables and in the engine's."""
        async with self._database.begin() as session:
            ids = await portability.grading_ids(session, owner)
        await self._jobs.cancel(ids)
        async with self._database.begin() as session:
            deleted = await portability.delete_all(session, owner)
        await self._jobs.forget(ids)
        return deleted


def as_json(found: Iterable[Attempt]) -> str:
    """Return the attempts in the shape of the API."""
    return Exported(attempts=tuple(found)).model_dump_json(indent=2)


def as_markdown(found: Iterable[Attempt]) -> str:
    """Return each answer and the report of each of its gradings."""
    parts: list[str] = []
    for attempt in found:
        quoted = "\n".join(f"    {line}" for line in attempt.answer.splitlines())
        when = attempt.created_at.isoformat(timespec="seconds")
        parts.append(f"# {attempt.question_id}, {when}\n\n{quoted}\n")
        parts += [markdown(attempt.question_id, grading) for grading in attempt.gradings]
    return "\n".join(parts)


def as_csv(found: Iterable[Attempt]) -> str:
    """Return one row for each grading; an attempt without one has a row all the same."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(
        ("attempt", "question", "created_at", "seconds", "status", "percent", "grader", "answer")
    )
    for attempt in found:
        start = (attempt.id, attempt.question_id, attempt.created_at.isoformat(), attempt.seconds)
        for grading in attempt.gradings or (None,):
            outcome = ("", "", "")
            if grading is not None:
                percent = "" if grading.score is None else f"{grading.score.percent:.2f}"
                outcome = (grading.status, percent, grading.grader.kind)
            table.writerow([*start, *outcome, _harmless(attempt.answer)])
    return written.getvalue()


def _harmless(text: str) -> str:
    """Keep spreadsheets from running an answer as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
