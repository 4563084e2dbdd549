"""Builds the command that starts the UI; Streamlit runs as a process of its own.

The app's settings lie beside it in `.streamlit/config.toml`, where Streamlit looks whatever the
working directory is, so only what differs from run to run is passed here.
"""

import os
import sys
from collections.abc import Mapping, Sequence

from interviewer import resources


def ui_command(
    api_url: str,
    *,
    host: str,
    port: int,
    environment: Mapping[str, str],
    allowed_hosts: Sequence[str] = (),
) -> tuple[list[str], dict[str, str]]:
    """Return the arguments and the whole environment of the Streamlit process.

    Args:
        api_url: where the UI finds the API, such as `http://127.0.0.1:8000`.
        host: address to listen on.
        port: port to listen on.
        environment: what the process inherits; nothing of it is lost.
        allowed_hosts: names besides 127.0.0.1 and localhost that a browser may use.
    """
    folder = resources.ui()
    # -P keeps the user's working directory off the path: a random.py there would be imported.
    argv = [sys.executable, "-P", "-m", "streamlit", "run", str(folder / "app.py")]
    argv += ["--server.address", host, "--server.port", str(port)]
    for name in ("127.0.0.1", "localhost", host, *allowed_hosts) if allowed_hosts else ():
        argv += ["--server.allowedHosts", name]
    path = [str(folder.parent), environment.get("PYTHONPATH", "")]
    return argv, {
        **environment,
        "PYTHONPATH": os.pathsep.join(each for each in path if each),
        "INTERVIEWER_API_URL": api_url,
    }
