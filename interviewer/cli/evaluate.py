"""`interviewer evaluate`: measures how well a grader agrees with labels."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from interviewer.bootstrap import left_out_grader, open_grader, question_folders
from interviewer.catalog.questions import find_question
from interviewer.cli.choices import OneOf
from interviewer.cli.consent import announce
from interviewer.cli.main import settings
from interviewer.clock import SystemClock
from interviewer.domain.base import Model
from interviewer.domain.grading import Grading
from interviewer.errors import InputError
from interviewer.evaluation.controls import emptied as without_text
from interviewer.evaluation.datasets import LabelledAnswer, read_rows, repeated
from interviewer.evaluation.page import html
from interviewer.evaluation.report import markdown
from interviewer.evaluation.summary import Evaluation, evaluate
from interviewer.service.evaluating import grade_all, questions_of
from interviewer.service.ledger import Ledger, read_gradings
from interviewer.settings import GraderChoice, Settings

if TYPE_CHECKING:
    from interviewer.grading.grader import Grader


def _json(evaluation: Evaluation) -> str:
    return evaluation.model_dump_json(indent=2)


FORMATS = {"markdown": markdown, "html": html, "json": _json}
EMPTIED = "emptied/"
"""Before the ids of rows that were graded with the text of all criteria left out."""


class Wanted(Model):
    """How the rows are to be graded."""

    left_out: Path | None
    save: Path | None
    emptied: bool
    concurrency: int


@click.command(
    "evaluate",
    epilog="Example: interviewer evaluate answers.jsonl --labels labels.jsonl --grader offline",
)
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--labels", type=click.Path(path_type=Path), help="Labels kept apart, joined by id.")
@click.option("--grader", type=OneOf(GraderChoice), help="auto, offline or llm.")
@click.option(
    "--left-out",
    type=click.Path(path_type=Path),
    help="Grade offline, each question with the weights of this file that were fitted without it.",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="markdown")
@click.option("--out", type=click.Path(path_type=Path), help="Write the report there.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep gradings there, and go on.")
@click.option("--against", type=click.Path(path_type=Path), help="Compare with saved gradings.")
@click.option(
    "--repeats",
    default=1,
    show_default=True,
    type=click.IntRange(1, 20),
    help="Grade every answer so often, to see whether verdicts flip.",
)
@click.option(
    "--emptied", is_flag=True, help="Grade once more with the text of all criteria left out."
)
@click.option(
    "--resamples",
    default=1000,
    show_default=True,
    type=click.IntRange(10, 100_000),
    help="Draws behind each interval.",
)
@click.option("--concurrency", default=8, show_default=True, type=click.IntRange(1, 256))
def command(
    data: Path,
    labels: Path | None,
    grader: GraderChoice | None,
    left_out: Path | None,
    form: str,
    out: Path | None,
    save: Path | None,
    against: Path | None,
    repeats: int,
    emptied: bool,
    resamples: int,
    concurrency: int,
) -> None:
    """Grade the labelled answers in DATA and report how well the grader agrees with the labels."""
    if left_out and grader not in {None, GraderChoice.OFFLINE}:
        raise InputError("Left-out weights are the offline grader's; leave out --grader.")
    chosen = settings()
    if left_out or grader is not None:
        update = {"grader": GraderChoice.OFFLINE if left_out else grader}
        chosen = chosen.model_copy(update=update)
    answers = repeated(read_rows(data, labels), repeats)
    others = _others(answers, against) if against else None
    wanted = Wanted(left_out=left_out, save=save, emptied=emptied, concurrency=concurrency)
    gradings, blank = asyncio.run(_grade(chosen, answers, wanted))
    evaluation = evaluate(
        data.name, answers, gradings, against=others, emptied=blank or None, resamples=resamples
    )
    report = FORMATS[form](evaluation)
    if out is None:
        click.echo(report)
        return
    try:
        out.write_text(report, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{str(out)!r} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {out}.", err=True)


def _others(answers: Sequence[LabelledAnswer], against: Path) -> list[Grading]:
    saved = read_gradings(against)
    missing = [a.id for a in answers if a.id not in saved and a.repeat_of not in saved]
    if missing:
        raise InputError(
            f"{str(against)!r} holds no grading of {len(missing)} rows, such as {missing[0]!r}; "
            "save one of the same data."
        )
    return [saved.get(answer.id) or saved[answer.repeat_of or ""] for answer in answers]


@asynccontextmanager
async def _open(chosen: Settings, left_out: Path | None) -> "AsyncGenerator[Grader]":
    if left_out:
        yield left_out_grader(left_out)
        return
    async with open_grader(chosen) as grader:
        announce(chosen, grader.identity)
        yield grader


async def _grade(
    chosen: Settings, answers: Sequence[LabelledAnswer], wanted: Wanted
) -> tuple[list[Grading], list[Grading]]:
    """Return the gradings, and those with the text of all criteria left out where wanted."""
    questions = questions_of(answers, partial(find_question, question_folders(chosen)))
    ledger = Ledger(wanted.save) if wanted.save else None
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    once = [answer for answer in answers if answer.repeat_of is None] if wanted.emptied else []
    async with _open(chosen, wanted.left_out) as grader:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=len(answers) + len(once))
            grade = partial(
                grade_all,
                grader,
                clock=SystemClock(),
                ledger=ledger,
                concurrency=wanted.concurrency,
                finished=lambda: progress.advance(task),
            )
            gradings = await grade(answers=answers, questions=questions)
            blank = {name: without_text(question) for name, question in questions.items()}
            return gradings, await grade(answers=once, questions=blank, pass_name=EMPTIED)
