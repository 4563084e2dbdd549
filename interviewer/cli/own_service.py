"""Finds the service that runs on this data, or runs one in this process while it is needed."""

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

from interviewer.bootstrap import build_services, service_lock
from interviewer.client import Client
from interviewer.errors import SetupError
from interviewer.settings import Auth, Settings

HOST = "127.0.0.1"
POLL_SECONDS = 0.02


@contextmanager
def service_at_hand(chosen: Settings) -> Generator[Client]:
    """Yield a client of the service. Raises: SetupError when there is none and none can start."""
    lock = service_lock(chosen)
    url = None if lock is None else lock.url()
    if url is not None:
        with Client(url) as client:
            yield client
        return
    with socket.socket() as door:
        door.bind((HOST, 0))
        url = f"http://{HOST}:{door.getsockname()[1]}"
        if lock is not None:
            lock.acquire(url)
        try:
            with _served(chosen, door), Client(url) as client:
                yield client
        finally:
            if lock is not None:
                lock.release()


@contextmanager
def _served(chosen: Settings, door: socket.socket) -> Generator[None]:
    # Imported here, so that a client of a running service does not pay for them.
    import uvicorn

    from interviewer.api.app import create_app
    from interviewer.api.server import DrainingServer

    # One person at one terminal: the keys guard a service that others can reach.
    own = chosen.model_copy(update={"auth": Auth.NONE, "allowed_hosts": (HOST,)})
    services = build_services(own)
    config = uvicorn.Config(
        create_app(services), log_level="warning", access_log=False, server_header=False
    )
    server = DrainingServer(config, services.watching.stop)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise SetupError("The service could not start; the line above says why.")
            time.sleep(POLL_SECONDS)
        yield
    finally:
        services.watching.stop()
        server.should_exit = True
        thread.join()
