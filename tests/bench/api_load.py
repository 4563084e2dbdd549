"""Times the API's own work beside a bare FastAPI route, and watches its memory.

    python -m tests.bench.api_load

Both applications are served by uvicorn in processes of their own, and asked in turns over one
connection each, so that what the machine does besides falls on both. Memory is the service's
resident set (Linux) after a warm-up and after `REQUESTS` requests.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2
import uvicorn
from fastapi import FastAPI

from interviewer.api.app import create_app
from interviewer.bootstrap import build_services
from interviewer.settings import Settings
from tests.browser.servers import free_port
from tests.waiting import wait_for

REQUESTS = 10_000
TIMED = 1_000
PATHS = ("/v1/questions/drift-monitoring", "/v1/attempts", "/v1/questions?limit=20")


def bare() -> FastAPI:
    """Return an application that does nothing."""
    app = FastAPI()
    app.add_api_route("/health/ready", lambda: {"ready": True})
    return app


def serve(kind: str, port: int, folder: str) -> None:
    """Serve one of the two; called in a process of its own."""
    settings = Settings.read({"INTERVIEWER_DATA_DIR": folder, "INTERVIEWER_GRADER": "offline"})
    app = bare() if kind == "bare" else create_app(build_services(settings))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


def took(http: httpx2.Client, path: str) -> float:
    """Return the milliseconds of one request."""
    start = time.perf_counter()
    http.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - start)


def told(name: str, times: list[float]) -> str:
    """Return a line with the median and the 99th percentile."""
    cuts = statistics.quantiles(times, n=100)
    return f"{name:<40} p50 {cuts[49]:6.2f} ms   p99 {cuts[98]:6.2f} ms"


def resident(pid: int) -> float:
    """Return the resident set of a process, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    raise AssertionError("no VmRSS")


def measure(service: httpx2.Client, other: httpx2.Client, pid: int) -> None:
    """Ask and print."""
    times: dict[str, list[float]] = {"bare route": [], **{path: [] for path in PATHS}}
    for turn in range(TIMED + 50):
        for name, found in times.items():
            http, path = (other, "/health/ready") if name == "bare route" else (service, name)
            spent = took(http, path)
            if turn >= 50:
                found.append(spent)
    for name, found in times.items():
        print(told(name, found))
    before = resident(pid)
    for number in range(REQUESTS):
        took(service, PATHS[number % len(PATHS)])
    after = resident(pid)
    print(f"memory: {before:.1f} MB, after {REQUESTS:,} more requests {after:.1f} MB")


def main() -> None:
    """Start both, measure, stop both."""
    with tempfile.TemporaryDirectory() as folder:
        ports = {kind: free_port() for kind in ("service", "bare")}
        running = {
            kind: subprocess.Popen(
                [sys.executable, "-m", "tests.bench.api_load", kind, str(port), folder]
            )
            for kind, port in ports.items()
        }
        try:
            for port in ports.values():
                wait_for(f"http://127.0.0.1:{port}/health/ready")
            with (
                httpx2.Client(base_url=f"http://127.0.0.1:{ports['service']}") as service,
                httpx2.Client(base_url=f"http://127.0.0.1:{ports['bare']}") as other,
            ):
                measure(service, other, running["service"].pid)
        finally:
            for process in running.values():
                process.terminate()
                process.wait(timeout=30)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    else:
        main()
