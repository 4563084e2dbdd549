"""`interviewer batch`: grades many answers from a file into a file, with no database."""

import asyncio
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from interviewer.bootstrap import open_grader, question_bank, token_counter
from interviewer.cli.choices import OneOf
from interviewer.cli.consent import announce
from interviewer.cli.main import NOT_GRADED, settings
from interviewer.clock import SystemClock
from interviewer.domain.batch import BatchRow
from interviewer.domain.grading import Grading
from interviewer.errors import InputError
from interviewer.service.answers import check_answer
from interviewer.service.batch_file import BatchFile, Tally
from interviewer.service.grading import expected_usage, grade_patiently, grading_id
from interviewer.settings import GraderChoice, Settings


@click.command(
    "batch", epilog="Example: interviewer batch answers.jsonl --out graded.jsonl --grader offline"
)
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where rows go.")
@click.option("--grader", type=OneOf(GraderChoice), help="auto, offline or llm.")
@click.option("--concurrency", default=16, show_default=True, type=click.IntRange(1, 256))
@click.pass_context
def command(
    context: click.Context,
    source: Path,
    out: Path,
    grader: GraderChoice | None,
    concurrency: int,
) -> None:
    """Grade the rows of SOURCE ({"id", "question_id", "answer"}); run it again to go on."""
    chosen = settings()
    if grader is not None:
        chosen = chosen.model_copy(update={"grader": grader})
    tally = asyncio.run(_grade(chosen, source, out, concurrency))
    click.echo(f"{tally.graded:,} of {tally.rows:,} rows graded; they are in {out}.", err=True)
    if not tally.complete:
        context.exit(NOT_GRADED)


async def _grade(chosen: Settings, source: Path, out: Path, concurrency: int) -> Tally:
    bank, count, clock = question_bank(chosen), token_counter(chosen), SystemClock()
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    async with open_grader(chosen) as grader:
        announced = False

        async def grade(row: BatchRow) -> Grading:
            nonlocal announced
            question = bank.question(row.question_id)
            check_answer(row.answer, chosen.max_answer_tokens, count)
            if not announced:
                announced = True
                expected = expected_usage(grader, question, row.answer)
                announce(chosen, grader.identity, expected, each=True)
            return await grade_patiently(grader, question, row.answer, clock)

        def identify(row: BatchRow) -> str:
            return grading_id(grader, bank.question(row.question_id), row.answer)

        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=_rows(source))
            run = BatchFile(source, out, grade, identify)
            return await run.run(concurrency, lambda: progress.advance(task))


def _rows(source: Path) -> int:
    try:
        with source.open("rb") as file:
            return sum(bool(line.strip()) for line in file)
    except OSError as error:
        raise InputError(f"{str(source)!r} cannot be read: {error.strerror}.") from None
