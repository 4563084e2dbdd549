"""What `doctor` looks at: each part, whether it works, and what to do if it does not."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from interviewer.catalog.questions import read_bank
from interviewer.clock import Clock
from interviewer.domain.base import Model
from interviewer.domain.question import Question
from interviewer.errors import FaultyFiles
from interviewer.grading.grader import Grader
from interviewer.grading.llm.probing import Probe
from interviewer.service.grading import grade_now
from interviewer.store.database import Database, database_file, parse_url


class Finding(Model):
    """One part as it was found."""

    part: str
    works: bool
    says: str
    to_do: str = ""


def look_at_folder(folder: Path) -> Finding:
    """Say whether history can be kept in the data folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Finding(part="Data folder", works=True, says=str(folder))
    except OSError as error:
        return Finding(
            part="Data folder",
            works=False,
            says=f"{folder} cannot be written ({error.strerror})",
            to_do="Set INTERVIEWER_DATA_DIR to a folder that you may write.",
        )


def look_at_questions(folders: Sequence[Path]) -> tuple[Finding, Question | None]:
    """Say whether the bank can be read, and return one question of it."""
    try:
        bank = read_bank(folders)
    except FaultyFiles as faulty:
        first = sorted(faulty.faults)[0]
        finding = Finding(
            part="Questions",
            works=False,
            says=f"{len(faulty.faults)} faults, the first: {first}",
            to_do="Run `interviewer check` and mend what it names.",
        )
        return finding, None
    says = f"{len(bank)} questions on {len(bank.topics)} topics"
    return Finding(part="Questions", works=True, says=says), next(iter(bank), None)


async def look_at_offline(grader: Grader, question: Question, clock: Clock) -> Finding:
    """Say how long the offline grader takes for a reference answer, once it is warm."""
    await grade_now(grader, question, question.reference_answer, clock)
    start = perf_counter()
    grading = await grade_now(grader, question, question.reference_answer, clock)
    milliseconds = 1000 * (perf_counter() - start)
    percent = grading.score.percent if grading.score else 0
    model = grading.grader.model
    return Finding(
        part="Offline grader",
        works=bool(percent),
        says=f"{model}; {milliseconds:.0f} ms for an answer worth {percent:.0f} of 100",
        to_do="" if percent else "Install Interviewer again; a shipped file may be missing.",
    )


def describe(probe: Probe) -> Finding:
    """Say what was found out about a model's server."""
    if probe.trouble is not None:
        to_do = f"The server lists {probe.offers}." if probe.listed is False else ""
        return Finding(part="Model", works=False, says=probe.trouble, to_do=to_do)
    says = [f"{probe.model} at {probe.server} answers in {probe.seconds or 0:.1f} s"]
    if probe.structured_output:
        says.append(f"structured output: {probe.structured_output}")
    if probe.expected:
        cost = probe.expected.cost_usd
        tokens = probe.expected.input_tokens + probe.expected.output_tokens
        unknown = "at an unknown price (INTERVIEWER_PRICES can add it)"
        price = unknown if cost is None else f"about ${cost:.4f}"
        says.append(f"a grading takes about {tokens:,} tokens, {price}")
    unlisted = (
        "The server does not list this model, yet it answers." if probe.listed is False else ""
    )
    return Finding(part="Model", works=True, says="; ".join(says), to_do=unlisted)


async def look_at_database(url: str) -> Finding:
    """Say whether the database answers; nothing is created or changed.

    The SQLite file is made at the first start, so its absence is no fault.
    """
    file = database_file(parse_url(url))
    if file is not None and not file.exists():
        says = f"{file} (made at the first start)"
        return Finding(part="Database", works=True, says=says)
    database = Database(url)
    try:
        async with database.begin() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError) as error:
        return Finding(
            part="Database",
            works=False,
            says=f"cannot be used ({type(error).__name__})",
            to_do="Start its server, or mend INTERVIEWER_DATABASE_URL.",
        )
    finally:
        await database.close()
    name = str(file) if file else "PostgreSQL"
    return Finding(part="Database", works=True, says=f"{name} answers")
