"""`interviewer check`: lints question files and prompts."""

import asyncio
import json
from collections.abc import Sized
from pathlib import Path

import click

from interviewer.bootstrap import build_graders, question_folders
from interviewer.cli.main import BAD_INPUT, settings
from interviewer.clock import SystemClock
from interviewer.domain.balance import warm_up_balance
from interviewer.domain.grading import GraderKind
from interviewer.domain.question import Question
from interviewer.errors import Fault
from interviewer.resources import prompts
from interviewer.service.rubrics import Checked, check_files, check_prompts, try_files
from interviewer.settings import Settings


@click.command(
    "check", epilog="Example: interviewer check my-pack/ --schema > question.schema.json"
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--quick", is_flag=True, help="Do not try the reference answers on their rubrics.")
@click.option("--anchors", is_flag=True, help="Try the anchors as well, and compare their order.")
@click.option("--warm-ups", is_flag=True, help="Print where the keys of the warm-ups stand.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a question file and stop.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    quick: bool,
    anchors: bool,
    warm_ups: bool,
    schema: bool,
) -> None:
    """Check question files; without PATH, the whole bank, the extra packs and the prompts."""
    if schema:
        click.echo(json.dumps(Question.model_json_schema(), indent=2))
        return
    chosen = settings()
    folders = question_folders(chosen)
    checked, faults = check_files(paths or folders, folders)
    if not paths:
        faults += check_prompts(prompts())
    if not quick:
        faults += asyncio.run(_try(chosen, checked, anchors=anchors))
    for fault in sorted(faults):
        click.echo(str(fault), err=True)
    if warm_ups:
        click.echo(warm_up_balance([each.question for each in checked if each.question]))
    if faults:
        click.echo(f"{_count(faults, 'fault')} in {_count(checked, 'file')}.", err=True)
        context.exit(BAD_INPUT)
    click.echo(f"{_count(checked, 'file')}, no faults.")


async def _try(chosen: Settings, checked: list[Checked], *, anchors: bool) -> list[Fault]:
    graders = build_graders(chosen)
    try:
        offline = await graders.of(GraderKind.OFFLINE)
        return await try_files(checked, offline, SystemClock(), anchors=anchors)
    finally:
        await graders.close()


def _count(things: Sized, noun: str) -> str:
    return f"{len(things)} {noun}{'s'[: len(things) != 1]}"
