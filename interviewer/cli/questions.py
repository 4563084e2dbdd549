"""`interviewer questions`: lists the bank."""

import click
from rich.console import Console
from rich.table import Table

from interviewer.bootstrap import question_bank
from interviewer.cli.choices import OneOf
from interviewer.cli.main import settings
from interviewer.domain.question import Difficulty, Kind


@click.command(
    "questions", epilog="Example: interviewer questions --topic llm-serving --difficulty hard"
)
@click.option("--topic", metavar="ID", help="Only this topic.")
@click.option("--difficulty", type=OneOf(Difficulty), help="Only this difficulty.")
@click.option("--kind", type=OneOf(Kind), help="Only this kind.")
def command(topic: str | None, difficulty: Difficulty | None, kind: Kind | None) -> None:
    """List the question bank."""
    bank = question_bank(settings())
    topics = {each.id for each in bank.topics}
    if topic is not None and topic not in topics:
        raise click.BadParameter(
            f"there is no topic {topic!r}; choose one of {', '.join(sorted(topics))}",
            param_hint="--topic",
        )
    table = Table("Id", "Title", "Topic", "Kind", "Difficulty", "Minutes", box=None)
    for question in bank.select(topic=topic, difficulty=difficulty, kind=kind):
        table.add_row(
            question.id,
            question.title,
            question.topic,
            question.kind,
            question.difficulty,
            str(question.minutes),
        )
    console = Console()
    if console.is_terminal:
        console.print(table)
    else:
        for question in bank.select(topic=topic, difficulty=difficulty, kind=kind):
            click.echo(f"{question.id}\t{question.title}\t{question.topic}\t{question.difficulty}")
