"""`interviewer check`: lints question files."""

import json
from pathlib import Path

import click

from interviewer.bootstrap import question_folders
from interviewer.cli.main import BAD_INPUT, settings
from interviewer.domain.question import Question
from interviewer.service.rubrics import check_files


@click.command(
    "check", epilog="Example: interviewer check my-pack/ --schema > question.schema.json"
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a question file and stop.")
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], schema: bool) -> None:
    """Check question files; without PATH, the whole bank and the extra packs."""
    if schema:
        click.echo(json.dumps(Question.model_json_schema(), indent=2))
        return
    folders = question_folders(settings())
    checked, faults = check_files(paths or folders, folders)
    for fault in sorted(faults):
        click.echo(str(fault), err=True)
    if faults:
        click.echo(f"{len(faults)} faults in {checked} files.", err=True)
        context.exit(BAD_INPUT)
    click.echo(f"{checked} files, no faults.")
