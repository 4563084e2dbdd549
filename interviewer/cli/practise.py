"""`interviewer practise`: one question, or an interview, in the terminal."""

import os
import sys

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from interviewer.cli.choices import OneOf
from interviewer.cli.desk import Desk
from interviewer.cli.drafting import Drafting
from interviewer.cli.editor import Editor
from interviewer.cli.main import settings
from interviewer.cli.own_service import service_at_hand
from interviewer.cli.sending import Sending
from interviewer.cli.sitting import Sitting
from interviewer.cli.terminal import Terminal
from interviewer.client import Client
from interviewer.clock import SystemClock
from interviewer.domain.grading import GraderKind
from interviewer.domain.question import Difficulty
from interviewer.errors import InputError
from interviewer.settings import GraderChoice, Settings
from interviewer.wire import InterviewRequest, QuestionSummary

MINUTES_EACH = 15
KINDS = {GraderChoice.OFFLINE: GraderKind.OFFLINE, GraderChoice.LLM: GraderKind.LLM}


@click.command("practise", epilog="Example: EDITOR=nano interviewer practise drift-monitoring")
@click.argument("question_id", required=False)
@click.option("--topic", "topics", multiple=True, metavar="ID", help="Only these topics.")
@click.option("--difficulty", type=OneOf(Difficulty), help="Only this difficulty.")
@click.option(
    "--questions",
    default=3,
    show_default=True,
    type=click.IntRange(1, 5),
    help="Questions of an interview.",
)
@click.option(
    "--minutes", type=click.IntRange(1, 180), help="Its length; 15 a question if left out."
)
@click.option("--grader", type=OneOf(GraderChoice), help="auto, offline or llm.")
def command(
    question_id: str | None,
    topics: tuple[str, ...],
    difficulty: Difficulty | None,
    questions: int,
    minutes: int | None,
    grader: GraderChoice | None,
) -> None:
    """Sit an interview in the terminal, or practise QUESTION_ID and revise it.

    You write in your own editor ($VISUAL or $EDITOR). Drafts are kept in the data folder.
    """
    chosen = settings()
    _refuse_pipes()
    environment = os.environ  # noqa: TID251 - which editor the candidate uses
    editor = Editor.of(environment, chosen.data_dir / "drafts")
    wanted = InterviewRequest(
        topics=topics,
        difficulty=difficulty,
        questions=questions,
        minutes=minutes or MINUTES_EACH * questions,
    )
    _practise(chosen, editor, question_id, wanted, KINDS.get(grader) if grader else None)


def _refuse_pipes() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(
            "Practising needs a terminal to talk with you; `interviewer grade QUESTION_ID FILE` "
            "grades a file without one."
        )


def _practise(
    chosen: Settings,
    editor: Editor,
    question_id: str | None,
    wanted: InterviewRequest,
    grader: GraderKind | None,
) -> None:
    terminal, clock = Terminal(Console()), SystemClock()
    with service_at_hand(chosen) as client:
        drafting = Drafting(client, editor, clock)
        sending = Sending(client, terminal, grader)
        asked = question_id or pick(client, terminal, wanted)
        if asked is None:
            Sitting(client, terminal, drafting, sending, clock).sit(wanted)
        else:
            Desk(client, terminal, drafting, sending).practise(asked)


def pick(client: Client, terminal: Terminal, wanted: InterviewRequest) -> str | None:
    """Return the id of the question that the candidate picks; None for an interview."""
    found = [
        each
        for each in client.questions(difficulty=wanted.difficulty)
        if not wanted.topics or each.topic in wanted.topics
    ]
    if not found:
        raise InputError(
            "No question fits; `interviewer questions` lists the bank with its topics."
        )
    terminal.show(_listed(found))
    prompt = f"A number or an id; Enter for an interview of {wanted.questions}"
    numbers = {str(n): each.id for n, each in enumerate(found, 1)}
    ids = {each.id for each in found}
    while typed := terminal.ask(prompt):
        if typed in numbers:
            return numbers[typed]
        if typed in ids:
            return typed
        terminal.say(f"There is no question {typed!r} here; type 1 to {len(found)}.", "yellow")
    return None


def _listed(found: list[QuestionSummary]) -> Table:
    table = Table("", "Question", "Topic", "Difficulty", "Tries", "Best", box=None)
    for number, each in enumerate(found, 1):
        best = "" if each.best is None else f"{each.best.percent:.0f}"
        tries = str(each.attempts) if each.attempts else ""
        row = (str(number), each.title, each.topic, each.difficulty, tries, best)
        table.add_row(*map(Text, row))
    return table
