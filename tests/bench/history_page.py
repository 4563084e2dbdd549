"""Times a page of a history of 100,000 attempts, the first and one from its middle.

    python -m tests.bench.history_page

Run it on an idle machine. The aim is 100 ms a page at the 99th percentile.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import insert

from interviewer.service.history import History
from interviewer.store import rubrics
from interviewer.store.database import Database
from interviewer.store.tables import AttemptRow, GradingRow
from interviewer.store.upgrading import upgrade
from tests.api.conftest import BANK
from tests.domain.questions import SMALL
from tests.fakes import FrozenClock
from tests.ui.gradings import grading

ATTEMPTS = 100_000
OWNERS = 2
"""Others' rows lie between one's own; each owner has this many."""
AT_ONCE = 2_000
PAGES = 50
LIMIT = 50

Row = dict[str, object]


def rows(owner: str, start: int, example: str) -> Iterator[tuple[Row, Row]]:
    """Yield attempts with one grading each, a minute apart."""
    for number in range(start, start + AT_ONCE):
        moment = FrozenClock().now() - timedelta(minutes=number)
        attempt_id, grading_id = f"{owner}-a{number}", f"{owner}-g{number}"
        yield (
            {
                "id": attempt_id,
                "owner": owner,
                "question_id": SMALL.id,
                "rubric_digest": SMALL.digest,
                "answer": "I would put a cache in front of the store. " * 20,
                "created_at": moment,
                "study_mode": False,
            },
            {
                "id": grading_id,
                "attempt_id": attempt_id,
                "owner": owner,
                "status": "graded",
                "grader": "offline",
                "rubric_digest": SMALL.digest,
                "created_at": moment,
                "ended_at": moment,
                "events": 0,
                "reaps": 0,
                "body": example,
            },
        )


async def fill(database: Database) -> None:
    """Write the rows of all owners, interleaved."""
    example = grading().model_dump_json()
    async with database.begin() as session:
        await rubrics.keep(session, SMALL)
    for start in range(0, ATTEMPTS, AT_ONCE):
        for owner in map(str, range(OWNERS)):
            made = list(rows(owner, start, example))
            async with database.begin() as session:
                await session.execute(insert(AttemptRow), [attempt for attempt, _ in made])
                await session.execute(insert(GradingRow), [each for _, each in made])


async def main() -> None:
    """Print the times."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/history.sqlite3")
        try:
            await upgrade(database)
            await fill(database)
            history = History(BANK, database)
            times: list[float] = []
            cursor: str | None = None
            for _ in range(PAGES):
                start = time.perf_counter()
                page = await history.attempts("0", limit=LIMIT, cursor=cursor, question_id=None)
                times.append(1000 * (time.perf_counter() - start))
                cursor = page.next
            times.sort()
            print(
                f"{ATTEMPTS:,} attempts of each of {OWNERS} owners, pages of {LIMIT}: "
                f"p50 {statistics.median(times):.1f} ms, longest of {PAGES} {times[-1]:.1f} ms"
            )
        finally:
            await database.close()


if __name__ == "__main__":
    asyncio.run(main())
