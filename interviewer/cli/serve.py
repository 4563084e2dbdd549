"""`interviewer serve`: the API alone."""

import click

from interviewer.bootstrap import build_services, service_lock, ui_key
from interviewer.cli.main import settings
from interviewer.cli.sign_in import refuse_open_door
from interviewer.cli.supervisor import refuse_taken_port
from interviewer.errors import SetupError
from interviewer.logs import set_up
from interviewer.settings import Settings

LONGEST_CLOSE_SECONDS = 5
"""How long open requests may take to end at a stop; streams of events end at once."""


@click.command("serve", epilog="Example: interviewer serve --port 8100")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Start the API alone."""
    chosen = settings()
    refuse_open_door(chosen, host)
    ui_key(chosen)
    lock = service_lock(chosen)
    if lock is not None:
        lock.acquire(f"http://{host}:{port}")
    try:
        refuse_taken_port(host, port, "--port")
        _serve(chosen, host, port)
    finally:
        if lock is not None:
            lock.release()


def _serve(chosen: Settings, host: str, port: int) -> None:
    # Imported here, so that a refusal above comes at once.
    import uvicorn

    from interviewer.api.app import create_app
    from interviewer.api.server import DrainingServer

    set_up(chosen.log)
    services = build_services(chosen)
    config = uvicorn.Config(
        create_app(services),
        host=host,
        port=port,
        log_level="warning",
        log_config=None,
        access_log=False,
        server_header=False,
        # Nothing that a client can write decides who it is or where it comes from.
        proxy_headers=False,
        timeout_graceful_shutdown=LONGEST_CLOSE_SECONDS,
    )

    def end_streams() -> None:
        services.watching.stop()
        services.batches.stop()

    server = DrainingServer(config, end_streams)
    server.run()
    if not server.started:
        raise SetupError("The API could not start; the line above says why.")
