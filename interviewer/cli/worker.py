"""`interviewer worker`: one more process that grades, on the same PostgreSQL."""

import asyncio
import signal

import click

from interviewer.bootstrap import build_services, service_lock
from interviewer.cli.main import settings
from interviewer.errors import SetupError
from interviewer.logs import set_up
from interviewer.settings import Settings


@click.command("worker", epilog="Example: interviewer worker")
def command() -> None:
    """Grade what a service on the same PostgreSQL has queued, until stopped."""
    chosen = settings()
    if service_lock(chosen) is not None:
        raise SetupError(
            "A SQLite file has one process, and that is the service, which grades as well; set "
            "INTERVIEWER_DATABASE_URL to a PostgreSQL to add workers."
        )
    set_up(chosen.log)
    asyncio.run(_work(chosen))


async def _work(chosen: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with build_services(chosen).running.run():
        click.echo("Grading; Ctrl-C stops it after what is under way.", err=True)
        await stop.wait()
