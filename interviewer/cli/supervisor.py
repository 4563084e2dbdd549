"""Runs the API and the UI as two processes: both are up, or neither is.

Two processes, so that the UI can fail or be restarted without taking a grading with it.
"""

import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import FrameType, TracebackType

from interviewer.errors import SetupError

START_SECONDS = 60.0
"""A cold first start on two busy cores takes up to 10 s."""
STOP_SECONDS = 20.0
"""How long a process may take to drain before it is killed."""
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Part:
    """A process, and where it says that it is healthy."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    host: str
    port: int
    health: str


def refuse_taken_port(host: str, port: int, option: str) -> None:
    """Raises: SetupError when something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} on {host} cannot be used ({error.strerror}); "
                f"stop what listens there or choose another with {option}."
            ) from None


class Supervisor:
    """Starts parts, waits until they are healthy, and stops all of them when one ends."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_stop = False

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in reversed(self._running.values()):
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def start(self, part: Part) -> None:
        """Start a part in a session of its own, so that Ctrl-C reaches it through us alone."""
        self._running[part.name] = subprocess.Popen(
            part.command, env=dict(part.environment), start_new_session=True
        )

    def wait_until_healthy(self, part: Part) -> int | None:
        """Return None once the part is healthy, or the exit code of a part that ended.

        Raises: SetupError when it is not healthy within `START_SECONDS`.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            code = self._ended()
            if code is not None or self._asked_to_stop:
                return code or 0
            if _is_healthy(part):
                return None
            time.sleep(POLL_SECONDS)
        raise SetupError(
            f"The {part.name} did not start within {START_SECONDS:.0f} s; "
            "`interviewer doctor` says what is missing."
        )

    def watch(self) -> int:
        """Wait until a part ends or we are asked to stop; return the exit code."""
        while not self._asked_to_stop:
            code = self._ended()
            if code is not None:
                return code or 1
            time.sleep(4 * POLL_SECONDS)
        return 0

    def _ended(self) -> int | None:
        codes = (process.poll() for process in self._running.values())
        return next((code for code in codes if code is not None), None)


def _is_healthy(part: Part) -> bool:
    connection = http.client.HTTPConnection(part.host, part.port, timeout=2)
    try:
        connection.request("GET", part.health)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
