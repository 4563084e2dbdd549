"""`interviewer purge`: deletes all of one's own history."""

import asyncio

import click

from interviewer.bootstrap import open_portability, service_lock
from interviewer.cli.main import settings
from interviewer.cli.owner import OWNER, api_key
from interviewer.client import Client
from interviewer.service.owners import LOCAL
from interviewer.settings import Settings


@click.command("purge", epilog="Example: interviewer purge --yes")
@click.option("--yes", is_flag=True, help="Do not ask.")
@OWNER
def command(yes: bool, owner: str | None) -> None:
    """Delete all of your attempts, gradings and drafts; there is no way back."""
    chosen = settings()
    if not yes:
        click.confirm("Delete all attempts, gradings and drafts for good?", abort=True, err=True)
    lock = service_lock(chosen)
    url = None if lock is None or owner is not None else lock.url()
    if url is None:
        attempts = asyncio.run(_purge(chosen, owner or LOCAL))
    else:
        with Client(url, key=api_key(chosen)) as client:
            attempts = client.purge().attempts
    click.echo(f"Deleted {attempts} attempts and all that belonged to them.", err=True)


async def _purge(chosen: Settings, owner: str) -> int:
    async with open_portability(chosen) as portability:
        return (await portability.purge(owner)).attempts
