"""`interviewer evaluate`: measures how well a grader agrees with labels."""

import asyncio
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from interviewer.bootstrap import open_grader, question_folders
from interviewer.catalog.questions import find_question
from interviewer.cli.choices import OneOf
from interviewer.cli.consent import announce
from interviewer.cli.main import settings
from interviewer.clock import SystemClock
from interviewer.domain.grading import Grading
from interviewer.errors import InputError
from interviewer.evaluation.datasets import LabelledAnswer, read_rows
from interviewer.evaluation.page import html
from interviewer.evaluation.report import markdown
from interviewer.evaluation.summary import Evaluation, evaluate
from interviewer.service.evaluating import grade_all, questions_of
from interviewer.service.ledger import Ledger, read_gradings
from interviewer.settings import GraderChoice, Settings


def _json(evaluation: Evaluation) -> str:
    return evaluation.model_dump_json(indent=2)


FORMATS = {"markdown": markdown, "html": html, "json": _json}


@click.command(
    "evaluate",
    epilog="Example: interviewer evaluate answers.jsonl --labels labels.jsonl --grader offline",
)
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--labels", type=click.Path(path_type=Path), help="Labels kept apart, joined by id.")
@click.option("--grader", type=OneOf(GraderChoice), help="auto, offline or llm.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="markdown")
@click.option("--out", type=click.Path(path_type=Path), help="Write the report there.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep gradings there, and go on.")
@click.option("--against", type=click.Path(path_type=Path), help="Compare with saved gradings.")
@click.option("--concurrency", default=8, show_default=True, type=click.IntRange(1, 256))
def command(
    data: Path,
    labels: Path | None,
    grader: GraderChoice | None,
    form: str,
    out: Path | None,
    save: Path | None,
    against: Path | None,
    concurrency: int,
) -> None:
    """Grade the labelled answers in DATA and report how well the grader agrees with the labels."""
    chosen = settings()
    if grader is not None:
        chosen = chosen.model_copy(update={"grader": grader})
    answers = read_rows(data, labels)
    others = _others(answers, against) if against else None
    gradings = asyncio.run(_grade(chosen, answers, save, concurrency))
    report = FORMATS[form](evaluate(data.name, answers, gradings, against=others))
    if out is None:
        click.echo(report)
        return
    try:
        out.write_text(report, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{str(out)!r} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {out}.", err=True)


def _others(answers: list[LabelledAnswer], against: Path) -> list[Grading]:
    saved = read_gradings(against)
    missing = [answer.id for answer in answers if answer.id not in saved]
    if missing:
        raise InputError(
            f"{str(against)!r} holds no grading of {len(missing)} rows, such as {missing[0]!r}; "
            "save one of the same data."
        )
    return [saved[answer.id] for answer in answers]


async def _grade(
    chosen: Settings, answers: list[LabelledAnswer], save: Path | None, concurrency: int
) -> list[Grading]:
    questions = questions_of(answers, partial(find_question, question_folders(chosen)))
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(answers))
        async with open_grader(chosen) as grader:
            announce(chosen, grader.identity)
            return await grade_all(
                grader,
                answers,
                questions,
                SystemClock(),
                Ledger(save) if save else None,
                concurrency,
                lambda: progress.advance(task),
            )
