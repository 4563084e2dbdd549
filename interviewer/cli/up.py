"""`interviewer up`: the API and the UI under one supervisor."""

import os
import sys

import click

from interviewer.bootstrap import service_lock
from interviewer.cli.main import settings
from interviewer.cli.sign_in import refuse_open_door, sign_in_of
from interviewer.cli.supervisor import Part, Supervisor, refuse_taken_port
from interviewer.cli.ui import ui_command
from interviewer.errors import SetupError
from interviewer.settings import Settings


@click.command("up", epilog="Example: interviewer up --port 8100 --ui-port 8600")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port of the API.")
@click.option("--ui-port", default=8501, show_default=True, help="Port of the UI.")
@click.pass_context
def command(context: click.Context, host: str, port: int, ui_port: int) -> None:
    """Start the API and the UI, wait until both are healthy, and print one address."""
    chosen = settings()
    refuse_open_door(chosen, host)
    sign_in = sign_in_of(chosen)
    try:
        refuse_taken_port(host, port, "--port")
        refuse_taken_port(host, ui_port, "--ui-port")
    except SetupError:
        _name_the_running_service(chosen)
        raise
    near = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    environment = dict(os.environ)  # noqa: TID251 - handed on to the two processes
    serve = [sys.executable, "-m", "interviewer", "serve", "--host", host, "--port", str(port)]
    argv, ui_environment = ui_command(
        f"http://{near}:{port}",
        host=host,
        port=ui_port,
        environment=environment,
        allowed_hosts=chosen.allowed_hosts,
        sign_in=sign_in,
    )
    api = Part("API", serve, environment, near, port, "/health/ready")
    ui = Part("UI", argv, ui_environment, near, ui_port, "/_stcore/health")
    with Supervisor() as supervisor:
        code = _start(supervisor, (api, ui))
        if code is None:
            click.echo(f"Interviewer is ready: http://{near}:{ui_port}  (Ctrl-C stops it)")
            code = supervisor.watch()
    context.exit(code)


def _name_the_running_service(chosen: Settings) -> None:
    """Raises: SetupError with the address of our own service, if it is what holds the ports."""
    lock = service_lock(chosen)
    if lock is not None and lock.url() is not None:
        lock.acquire("")


def _start(supervisor: Supervisor, parts: tuple[Part, ...]) -> int | None:
    for part in parts:
        supervisor.start(part)
    for part in parts:
        code = supervisor.wait_until_healthy(part)
        if code is not None:
            return code
    return None
