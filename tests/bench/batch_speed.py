"""Measures `interviewer batch`, killed twice and resumed: `python -m tests.bench.batch_speed ROWS`.

Offline, and through a model's server that takes 300 ms for a call. What was written before a kill
must stand in the final file byte for byte: no row is lost, and none is graded twice.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.llm_speed import server
from tests.bench.workload import ANSWER

DELAY, AT_ONCE = 0.3, 16
ROWS = 2000
ROOT = Path(__file__).parents[2]


def write_rows(path: Path, count: int) -> None:
    """Write answers that differ, so that nothing is graded from memory."""
    rows = (
        {"id": str(n), "question_id": "drift-monitoring", "answer": f"{ANSWER} Case {n}."}
        for n in range(count)
    )
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def start(folder: Path, grader: str, url: str) -> "subprocess.Popen[bytes]":
    """Start one run over the same files."""
    environment = {
        **os.environ,  # noqa: TID251 - handed on to the process
        "OPENAI_API_KEY": "sk-none",
        "OPENAI_BASE_URL": url,
        "INTERVIEWER_MODEL": "fake",
        "INTERVIEWER_DATA_DIR": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "interviewer", "batch", "in.jsonl", "--out", "out.jsonl"]
    options = ["--grader", grader, "--concurrency", str(AT_ONCE)]
    return subprocess.Popen([*command, *options], cwd=folder, env=environment)


def written(out: Path) -> list[bytes]:
    """Return the whole lines of the output."""
    return out.read_bytes().split(b"\n")[:-1] if out.exists() else []


def kill_at(process: "subprocess.Popen[bytes]", out: Path, rows: int) -> list[bytes]:
    """Kill a run once it has written so many rows, and return what it left."""
    while len(written(out)) < rows and process.poll() is None:
        time.sleep(0.05)
    process.kill()
    process.wait()
    return written(out)


def measure(name: str, grader: str, url: str, count: int) -> None:
    """Run to the end with two kills, check the file, and print the rows a second."""
    with tempfile.TemporaryDirectory(prefix="batch-") as written_to:
        folder = Path(written_to)
        out = folder / "out.jsonl"
        write_rows(folder / "in.jsonl", count)
        began, left = time.monotonic(), list[bytes]()
        for share in (1 / 3, 2 / 3):
            left += kill_at(start(folder, grader, url), out, round(share * count))
        code = start(folder, grader, url).wait()
        took = time.monotonic() - began
        rows = written(out)
        ids = [json.loads(row)["id"] for row in rows]
        assert code == 0, f"the last run ended with {code}"
        assert ids == [str(n) for n in range(count)], "rows are missing, doubled or out of order"
        assert set(left) <= set(rows), "a row that was written was graded again"
    print(
        f"{name}: {count} rows in {took:.1f} s, {count / took:.1f} rows/s, two kills and starts in"
    )


async def main(count: int) -> None:
    await asyncio.to_thread(measure, "offline", "offline", "http://127.0.0.1:9/v1", count)
    async with server(DELAY) as url:
        await asyncio.to_thread(measure, f"{DELAY * 1000:.0f} ms model", "llm", url, count)
    print(
        f"ideal with {AT_ONCE} rows at a time and no time of our own: {AT_ONCE / DELAY:.1f} rows/s"
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else ROWS))
