"""`interviewer doctor`: what is configured, what is reachable, and what to mend."""

import asyncio

import click

from interviewer.bootstrap import build_graders, look_at_model, question_folders
from interviewer.cli.main import NOT_GRADED, settings
from interviewer.clock import SystemClock
from interviewer.domain.grading import GraderKind
from interviewer.service.examining import (
    Finding,
    look_at_database,
    look_at_folder,
    look_at_offline,
    look_at_questions,
)
from interviewer.settings import Settings


@click.command(
    "doctor", epilog="Example: OPENAI_BASE_URL=http://127.0.0.1:11434/v1 interviewer doctor"
)
@click.pass_context
def command(context: click.Context) -> None:
    """Say what is configured, what is reachable, what happens with an answer, what to mend."""
    chosen = settings()
    findings = asyncio.run(_examine(chosen))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.works else 'FAIL'}  {finding.part}: {finding.says}")
        if finding.to_do:
            click.echo(f"      {finding.to_do}")
    click.echo(f"\n{_destination(chosen)}")
    if not all(finding.works for finding in findings):
        context.exit(NOT_GRADED)


async def _examine(chosen: Settings) -> list[Finding]:
    questions, question = look_at_questions(question_folders(chosen))
    findings = [questions, look_at_folder(chosen.data_dir), await look_at_database(chosen.database)]
    graders = build_graders(chosen)
    try:
        if question is not None:
            offline = await graders.of(GraderKind.OFFLINE)
            findings.append(await look_at_offline(offline, question, SystemClock()))
            if chosen.wants_llm:
                findings.append(await look_at_model(chosen, question))
    finally:
        await graders.close()
    return findings


def _destination(chosen: Settings) -> str:
    """Say what happens with a candidate's text."""
    if not chosen.wants_llm:
        return (
            "Answers are graded offline and stay on this machine. For an LLM, set OPENAI_API_KEY "
            "or OPENAI_BASE_URL."
        )
    server = chosen.openai_base_url or "https://api.openai.com/v1"
    return f"Answers, with their questions and nothing else, are sent to {server} for grading."
