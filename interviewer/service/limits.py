"""Makes the limits on calls to a model: those of one machine, or of all workers together.

What is shared is imported when it is asked for: the command line pays for no database.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interviewer.clock import SystemClock

if TYPE_CHECKING:
    from interviewer.grading.llm.limits import Limits
    from interviewer.store.database import Database


class Ceilings(NamedTuple):
    """What may be taken; None where there is no limit."""

    requests_per_minute: float | None
    tokens_per_minute: float | None
    usd_per_day: float | None


MakeLimits = Callable[[Ceilings, str], "Limits"]
"""Makes the limits on calls to a server, which it is told the name of."""


def alone(folder: Path) -> MakeLimits:
    """Limits of one process; the budget is that of all on this machine that have the folder."""

    def make(ceilings: Ceilings, server: str) -> "Limits":
        from interviewer.grading.llm.budget import Budget, FileSpending
        from interviewer.grading.llm.memory_limits import MemoryBuckets
        from interviewer.grading.llm.turns import FairLimits

        requests, tokens, dollars = ceilings
        spending = FileSpending(folder / "spending.json")
        budget = Budget(dollars, SystemClock(), spending)
        return FairLimits(MemoryBuckets(requests, tokens), budget)

    return make


def together(database: "Database", process: str) -> MakeLimits:
    """Limits and a budget of all processes on one PostgreSQL, of which this is one."""

    def make(ceilings: Ceilings, server: str) -> "Limits":
        from interviewer.engine.shared_limits import SharedBuckets
        from interviewer.grading.llm.budget import Budget
        from interviewer.grading.llm.turns import FairLimits
        from interviewer.store.spending import TableSpending

        requests, tokens, dollars = ceilings
        budget = Budget(dollars, SystemClock(), TableSpending(database))
        return FairLimits(SharedBuckets(database, process, server, requests, tokens), budget)

    return make
