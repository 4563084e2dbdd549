"""A grading process of its own, to be killed: `python -m tests.engine.worker URL TRACE SECONDS`."""

import asyncio
import signal
import sys
from pathlib import Path

from interviewer.clock import SystemClock
from interviewer.engine.bulletin import Bulletin
from interviewer.engine.casualties import Casualties
from interviewer.engine.durable import DurableJobs
from interviewer.engine.jobs import Concurrency
from interviewer.engine.liveness import Liveness
from interviewer.engine.naming import executor_id
from interviewer.engine.reaper import Reaper
from interviewer.engine.work import GradingWork
from interviewer.service.running import Running
from interviewer.store.database import Database
from tests.engine.tracing import TracingGrader
from tests.fakes import FixedGraders

AT_ONCE = 4
"""Gradings that one process works on; each has six calls."""


class Workshop:
    """Everything that one process needs to grade."""

    def __init__(self, url: str, trace: Path, seconds: float) -> None:
        self.grader = TracingGrader(trace, seconds)
        graders = FixedGraders(self.grader)
        self.database = Database(url)
        work = GradingWork(self.database, graders, SystemClock(), Bulletin())
        casualties, name = Casualties(self.database, work), executor_id(self.database)
        lanes = Concurrency(AT_ONCE, AT_ONCE)
        self.jobs = DurableJobs(self.database, work, casualties, name, lanes)
        liveness = Liveness(self.database, name) if self.database.file is None else None
        reaper = Reaper(self.jobs, casualties, SystemClock(), liveness)
        self.running = Running(self.database, self.jobs, graders, reaper, grace=5)


async def main(url: str, trace: Path, seconds: float) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with Workshop(url, trace, seconds).running.run():
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])))
