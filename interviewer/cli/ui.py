"""Builds the command that starts the UI; Streamlit runs as a process of its own.

The app's settings lie beside it in `.streamlit/config.toml`, where Streamlit looks whatever the
working directory is, so only what differs from run to run is passed here.
"""

import os
import socket
import sys
from collections.abc import Mapping, Sequence

import click

from interviewer import resources
from interviewer.cli.main import settings
from interviewer.cli.sign_in import SignIn, refuse_open_door, sign_in_of
from interviewer.errors import SetupError


def ui_command(
    api_url: str,
    *,
    host: str,
    port: int,
    environment: Mapping[str, str],
    allowed_hosts: Sequence[str] = (),
    sign_in: SignIn | None = None,
) -> tuple[list[str], dict[str, str]]:
    """Return the arguments and the whole environment of the Streamlit process.

    Args:
        api_url: where the UI finds the API, such as `http://127.0.0.1:8000`.
        host: address to listen on.
        port: port to listen on.
        environment: what the process inherits; nothing of it is lost.
        allowed_hosts: names besides 127.0.0.1 and localhost that a browser may use.
        sign_in: how people come in; without it anybody who reaches the page does.
    """
    folder = resources.ui()
    # -P keeps the user's working directory off the path: a random.py there would be imported.
    argv = [sys.executable, "-P", "-m", "streamlit", "run", str(folder / "app.py")]
    argv += ["--server.address", host, "--server.port", str(port)]
    for name in dict.fromkeys(("127.0.0.1", "localhost", *allowed_hosts)):
        argv += ["--server.allowedHosts", name]
    told = {"INTERVIEWER_API_URL": api_url}
    if sign_in is not None:
        told |= sign_in.environment
        argv += sign_in.arguments
    path = [str(folder.parent), environment.get("PYTHONPATH", "")]
    return argv, {
        **environment,
        "PYTHONPATH": os.pathsep.join(each for each in path if each),
        **told,
    }


@click.command("ui", epilog="Example: interviewer ui --ui-port 8501")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--ui-port", default=8501, show_default=True, help="Port to listen on.")
def command(host: str, ui_port: int) -> None:
    """Start the UI alone; it talks to the API at INTERVIEWER_API_URL."""
    chosen = settings()
    refuse_open_door(chosen, host)
    _check_free(host, ui_port)
    argv, environment = ui_command(
        chosen.api_url,
        host=host,
        port=ui_port,
        environment=os.environ,  # noqa: TID251 - inherited by the process that takes our place
        allowed_hosts=chosen.allowed_hosts,
        sign_in=sign_in_of(chosen),
    )
    click.echo(f"Interviewer: http://{host}:{ui_port} (API: {chosen.api_url})", err=True)
    os.execve(argv[0], argv, environment)


def _check_free(host: str, port: int) -> None:
    """Raise: SetupError when the port is taken; Streamlit itself would only log it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupError(
                f"The UI cannot listen on {host}:{port} ({error.strerror}); choose another with "
                "--ui-port."
            ) from error
