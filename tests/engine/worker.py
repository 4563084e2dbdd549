"""A grading process of its own, to be killed.

`python -m tests.engine.worker URL TRACE SECONDS [REQUESTS TOKENS]`: the database, the file that
takes a line for each call, how long a call takes, and the limits per minute.
"""

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
from interviewer.engine.shared_limits import SharedBuckets
from interviewer.engine.work import GradingWork
from interviewer.grading.llm.budget import Budget
from interviewer.grading.llm.turns import FairLimits
from interviewer.service.running import Running
from interviewer.store.database import Database
from tests.engine.tracing import TracingGrader
from tests.fakes import FixedGraders

AT_ONCE = 4
"""Gradings that one process works on; each has six calls."""


class Workshop:
    """Everything that one process needs to grade."""

    def __init__(
        self, url: str, trace: Path, seconds: float, limits: tuple[float, float] | None = None
    ) -> None:
        self.database = Database(url)
        name = executor_id(self.database)
        shared = None
        if limits is not None:
            buckets = SharedBuckets(self.database, name, "models.example", *limits)
            shared = FairLimits(buckets, Budget(None, SystemClock()))
        self.grader = TracingGrader(trace, seconds, shared)
        graders = FixedGraders(self.grader)
        work = GradingWork(self.database, graders, SystemClock(), Bulletin())
        casualties = Casualties(self.database, work)
        lanes = Concurrency(AT_ONCE, AT_ONCE)
        self.jobs = DurableJobs(self.database, work, casualties, name, lanes)
        liveness = Liveness(self.database, name) if self.database.file is None else None
        reaper = Reaper(self.jobs, casualties, SystemClock(), liveness)
        self.running = Running(self.database, self.jobs, graders, reaper, grace=5)


async def main(url: str, trace: Path, seconds: float, limits: tuple[float, float] | None) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with Workshop(url, trace, seconds, limits).running.run():
        await stop.wait()


if __name__ == "__main__":
    _, address, file, pace, *limited = sys.argv
    asyncio.run(
        main(
            address,
            Path(file),
            float(pace),
            (float(limited[0]), float(limited[1])) if limited else None,
        )
    )
