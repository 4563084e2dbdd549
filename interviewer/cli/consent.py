"""Says on stderr where an answer is about to go, before anything is sent."""

import click

from interviewer.domain.grading import GraderIdentity, GraderKind
from interviewer.settings import Settings


def announce(chosen: Settings, identity: GraderIdentity) -> None:
    """Name the server and the model; say nothing where nothing leaves the machine."""
    if identity.kind is GraderKind.LLM:
        server = chosen.openai_base_url or "https://api.openai.com/v1"
        click.echo(
            f"Sending the question and the answer to {identity.model} at {server}.", err=True
        )
