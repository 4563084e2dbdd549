"""`interviewer grade`: grades one answer in this process, with no database."""

import asyncio
import sys
from pathlib import Path

import click

from interviewer.bootstrap import open_grader, question_folders, token_counter
from interviewer.catalog.questions import find_question, read_question
from interviewer.cli.choices import OneOf
from interviewer.cli.consent import announce
from interviewer.cli.main import NOT_GRADED, settings
from interviewer.clock import SystemClock
from interviewer.domain.grading import Grading, Status
from interviewer.domain.question import Question
from interviewer.domain.report import markdown
from interviewer.errors import AnswerRejected, InputError
from interviewer.service.answers import check_answer
from interviewer.service.grading import expected_usage, grade_now
from interviewer.settings import GraderChoice, Settings


@click.command(
    "grade",
    epilog="Example: interviewer grade drift-monitoring answer.md --format json",
)
@click.argument("question_id", required=False)
@click.argument("file", required=False, default="-")
@click.option(
    "--question",
    "question_file",
    type=click.Path(path_type=Path),
    help="A question file of your own, instead of QUESTION_ID.",
)
@click.option("--grader", type=OneOf(GraderChoice), help="auto, offline or llm.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.pass_context
def command(
    context: click.Context,
    question_id: str | None,
    file: str,
    question_file: Path | None,
    grader: GraderChoice | None,
    form: str,
) -> None:
    """Grade the answer in FILE (or stdin, `-`) to a question and print the report."""
    chosen = settings()
    if grader is not None:
        chosen = chosen.model_copy(update={"grader": grader})
    question, file = _question(chosen, question_id, file, question_file)
    answer = _read(file)
    check_answer(answer, chosen.max_answer_tokens, token_counter(chosen))
    grading = asyncio.run(_grade(chosen, question, answer))
    _print(question, grading, form)
    if grading.status is not Status.GRADED:
        context.exit(NOT_GRADED)


def _question(
    chosen: Settings, question_id: str | None, file: str, question_file: Path | None
) -> tuple[Question, str]:
    """Return the question and the file of the answer.

    With `--question` the only argument is the answer's file.
    """
    if question_file is not None:
        return read_question(question_file), question_id or file
    if question_id is None:
        raise click.UsageError("Name a question (`interviewer questions` lists them).")
    return find_question(question_folders(chosen), question_id), file


def _read(file: str) -> str:
    try:
        written = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        answer = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerRejected(f"{file!r} is not UTF-8 text; hand in a plain text file.") from None
    except OSError as error:
        raise InputError(f"{file!r} cannot be read: {error.strerror}.") from None
    if not answer.strip():
        raise AnswerRejected(f"{file!r} is empty; write an answer first.")
    return answer


async def _grade(chosen: Settings, question: Question, answer: str) -> Grading:
    async with open_grader(chosen) as grader:
        announce(chosen, grader.identity, expected_usage(grader, question, answer))
        return await grade_now(grader, question, answer, SystemClock())


def _print(question: Question, grading: Grading, form: str) -> None:
    if form == "json":
        click.echo(grading.model_dump_json(indent=2))
    elif form == "markdown":
        click.echo(markdown(question.title, grading), nl=False)
    else:
        from rich.console import Console

        from interviewer.cli.report import show

        show(Console(), question.title, grading)
