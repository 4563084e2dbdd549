"""`interviewer serve`: the API alone."""

import ipaddress

import click

from interviewer.bootstrap import build_services, service_lock
from interviewer.cli.main import settings
from interviewer.cli.supervisor import refuse_taken_port
from interviewer.errors import SetupError
from interviewer.settings import Auth, Settings

LONGEST_CLOSE_SECONDS = 5
"""How long open requests may take to end at a stop; streams of events end at once."""


@click.command("serve", epilog="Example: interviewer serve --port 8100")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Start the API alone."""
    chosen = settings()
    refuse_open_door(chosen, host)
    lock = service_lock(chosen)
    if lock is not None:
        lock.acquire(f"http://{host}:{port}")
    try:
        refuse_taken_port(host, port, "--port")
        _serve(chosen, host, port)
    finally:
        if lock is not None:
            lock.release()


def refuse_open_door(chosen: Settings, host: str) -> None:
    """Raises: SetupError when everybody who reaches the host would be let in."""
    if chosen.auth is Auth.OIDC:
        # Better no service than one that looks guarded and is not.
        raise SetupError(
            f"INTERVIEWER_AUTH={chosen.auth.value} is not built yet; use keys, or leave it out and "
            "serve this machine alone."
        )
    if chosen.auth is Auth.NONE and not is_loopback(host):
        raise SetupError(
            f"Without accounts the API listens on this machine alone, not on {host!r}; "
            "set INTERVIEWER_AUTH=keys, or leave --host out."
        )


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _serve(chosen: Settings, host: str, port: int) -> None:
    # Imported here, so that a refusal above comes at once.
    import uvicorn

    from interviewer.api.app import create_app
    from interviewer.api.server import DrainingServer

    services = build_services(chosen)
    config = uvicorn.Config(
        create_app(services),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LONGEST_CLOSE_SECONDS,
    )

    def end_streams() -> None:
        services.watching.stop()
        services.batches.stop()

    server = DrainingServer(config, end_streams)
    server.run()
    if not server.started:
        raise SetupError("The API could not start; the line above says why.")
