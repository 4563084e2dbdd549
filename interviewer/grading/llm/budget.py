"""Dollars for one day, and the record of what is spent of them."""

import fcntl
import json
import math
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from interviewer.clock import Clock
from interviewer.errors import ModelTrouble, Trouble


class Spending(Protocol):
    """Keeps the day's sum; whatever shares it shares one budget."""

    async def add(self, day: date, dollars: float, ceiling: float = math.inf) -> tuple[float, bool]:
        """Add to the day's sum unless it would pass the ceiling.

        Returns: the sum as it stands then, and whether the dollars are in it.
        """
        ...


class MemorySpending:
    """The sum of one process."""

    def __init__(self) -> None:
        self._day = date.min
        self._dollars = 0.0

    async def add(self, day: date, dollars: float, ceiling: float = math.inf) -> tuple[float, bool]:
        """Add to the day's sum unless it would pass the ceiling."""
        if day != self._day:
            self._day, self._dollars = day, 0.0
        fits = self._dollars + dollars <= ceiling
        self._dollars = max(0.0, self._dollars + dollars) if fits else self._dollars
        return self._dollars, fits


_RECORD = TypeAdapter(dict[date, float])


class FileSpending:
    """The sum of all processes of one machine, in a small file that each of them locks briefly."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def add(self, day: date, dollars: float, ceiling: float = math.inf) -> tuple[float, bool]:
        """Add to the day's sum unless it would pass the ceiling; other days are forgotten."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            before = _read(file.read()).get(day, 0.0)
            fits = before + dollars <= ceiling
            after = max(0.0, before + dollars) if fits else before
            file.truncate(0)
            file.write(json.dumps({day.isoformat(): after}))
        return after, fits


def _read(text: str) -> dict[date, float]:
    """Return the record; a file that was torn or edited begins anew."""
    try:
        return _RECORD.validate_json(text)
    except ValidationError:
        return {}


class Budget:
    """Dollars for one day in UTC; counts what is spent and what is under way.

    Spending is counted without a ceiling as well: what an answer, an outline or a follow-up
    question took is told to whoever pays for it.
    """

    def __init__(
        self, per_day: float | None, clock: Clock, spending: Spending | None = None
    ) -> None:
        self._per_day = per_day
        self._clock = clock
        self._spending = spending or MemorySpending()

    @property
    def is_set(self) -> bool:
        return self._per_day is not None

    async def spent(self) -> float:
        """Return the dollars of today, drafts of calls under way included."""
        with suppress(OSError):
            return (await self._spending.add(self._today(), 0.0))[0]
        return 0.0

    async def check(self, cost_usd: float | None) -> None:
        """Set nothing aside. Raises: ModelTrouble when these dollars would pass the budget."""
        if self._per_day is None:
            return
        spent = await self.spent()
        if self._priced(cost_usd) + spent > self._per_day:
            raise self._no_room(spent)

    async def take(self, cost_usd: float | None) -> None:
        """Set dollars aside. Raises: ModelTrouble before the call that would pass the budget."""
        if self._per_day is None:
            return
        dollars = self._priced(cost_usd)
        try:
            spent, fits = await self._spending.add(self._today(), dollars, self._per_day)
        except OSError as error:
            raise ModelTrouble(
                Trouble.BUDGET_SPENT,
                f"The record of the day's spending cannot be written ({error.strerror}); mend "
                "INTERVIEWER_DATA_DIR, or unset INTERVIEWER_BUDGET_USD_PER_DAY.",
            ) from error
        if not fits:
            raise self._no_room(spent)

    async def correct(self, drafted: float | None, real: float | None) -> None:
        """Put what a call really cost in the place of what was set aside for it."""
        aside = 0.0 if self._per_day is None else drafted
        if real is None or aside is None or real == aside:
            return
        # A record that cannot be kept stops no call; with a ceiling `take` has tried it before.
        with suppress(OSError):
            await self._spending.add(self._today(), real - aside)

    def _today(self) -> date:
        return self._clock.now().date()

    def _priced(self, cost_usd: float | None) -> float:
        if cost_usd is None:
            raise ModelTrouble(
                Trouble.BUDGET_SPENT,
                "A daily budget is set but no price is known for this model; add it to "
                "INTERVIEWER_PRICES or unset INTERVIEWER_BUDGET_USD_PER_DAY.",
            )
        return cost_usd

    def _no_room(self, spent: float) -> ModelTrouble:
        return ModelTrouble(
            Trouble.BUDGET_SPENT,
            f"The day's budget of ${self._per_day:.2f} leaves no room (${spent:.2f} spent); "
            "grade again after midnight UTC, raise INTERVIEWER_BUDGET_USD_PER_DAY, or grade "
            "offline.",
        )
