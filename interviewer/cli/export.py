"""`interviewer export`: all of one's own history out."""

import asyncio
from pathlib import Path
from typing import Literal

import click

from interviewer.bootstrap import open_portability, service_lock
from interviewer.cli.main import settings
from interviewer.cli.owner import OWNER, api_key
from interviewer.client import Client
from interviewer.errors import InputError
from interviewer.service.labels import as_labels
from interviewer.service.owners import LOCAL
from interviewer.service.portability import as_csv, as_json, as_markdown
from interviewer.settings import Settings

Form = Literal["json", "csv", "markdown", "labels"]
WRITERS = {"json": as_json, "csv": as_csv, "markdown": as_markdown, "labels": as_labels}


@click.command("export", epilog="Example: interviewer export --format markdown --out history.md")
@click.option("--format", "form", type=click.Choice(list(WRITERS)), default="json")
@click.option("--out", type=click.Path(path_type=Path), help="File to write; else stdout.")
@OWNER
def command(form: Form, out: Path | None, owner: str | None) -> None:
    """Write out all of your attempts with their gradings.

    With `labels`, only the answers with an appeal, as rows that `interviewer evaluate` reads.
    """
    chosen = settings()
    lock = service_lock(chosen)
    url = None if lock is None or owner is not None else lock.url()
    if url is None:
        written = asyncio.run(_export(chosen, form, owner or LOCAL))
    else:
        with Client(url, key=api_key(chosen)) as client:
            written = client.export(form)
    if out is None:
        click.echo(written, nl=False)
        return
    try:
        out.write_text(written, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{str(out)!r} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {out}.", err=True)


async def _export(chosen: Settings, form: Form, owner: str) -> str:
    async with open_portability(chosen) as portability:
        return await portability.export(owner, WRITERS[form])
