"""The limits per minute of all workers together: one row a limit, changed in short transactions.

A worker that dies holds nothing: what its calls took trickles in again within the minute, and the
place of its foremost call is forgotten after `TURN_SECONDS`.
"""

from collections.abc import Sequence

from interviewer.grading.llm.limits import Bucket
from interviewer.grading.llm.turns import ASK_AGAIN_SECONDS, Place
from interviewer.store import allowances
from interviewer.store.allowances import Level
from interviewer.store.database import Database
from interviewer.store.tables import TurnRow

TURN_SECONDS = 3 * ASK_AGAIN_SECONDS
OTHERS_FIRST_SECONDS = 0.1
"""How soon to ask again while another process's call goes first."""

REQUESTS, TOKENS = "requests", "tokens"


class SharedBuckets:
    """What is left of the limits, for every process on one PostgreSQL."""

    def __init__(
        self,
        database: Database,
        process: str,
        server: str,
        requests_per_minute: float | None,
        tokens_per_minute: float | None,
    ) -> None:
        """Take the limits of one `server`; `process` names this one among those alive."""
        limits = {REQUESTS: requests_per_minute, TOKENS: tokens_per_minute}
        self._database = database
        self._process = process
        self._server = server
        self._per_minute = {kind: limit for kind, limit in limits.items() if limit is not None}

    @property
    def limits_tokens(self) -> bool:
        return TOKENS in self._per_minute

    async def take(self, tokens: int, place: Place) -> float:
        """Take one request and its tokens and return 0, or return the seconds until they may go."""
        if not self._per_minute:
            return 0.0
        full = {kind: Bucket.full(limit, 0).level for kind, limit in self._per_minute.items()}
        async with self._database.begin() as session:
            levels = await allowances.lock(session, self._server, full)
            now = await allowances.now(session)
            turns = await allowances.turns(session, self._server)
            mine = self._turn(turns, place, now)
            if any(_before(other, mine) for other in turns if other.until > now):
                await allowances.wait(session, mine)
                return OTHERS_FIRST_SECONDS
            taken, wait = self._taken(levels, tokens, now)
            if wait > 0:
                await allowances.wait(session, mine)
                return wait
            await allowances.write(session, self._server, taken)
            await allowances.go(session, self._server, self._process, now)
        return 0.0

    async def give_back(self, tokens: int) -> None:
        """Put tokens back; a negative number takes more."""
        if not self.limits_tokens:
            return
        limit = self._per_minute[TOKENS]
        async with self._database.begin() as session:
            full = {TOKENS: Bucket.full(limit, 0).level}
            level = (await allowances.lock(session, self._server, full))[TOKENS]
            now = await allowances.now(session)
            bucket = Bucket(limit, *level).give_back(tokens, now)
            await allowances.write(session, self._server, {TOKENS: Level(bucket.level, bucket.at)})

    def _taken(
        self, levels: dict[str, Level], tokens: int, now: float
    ) -> tuple[dict[str, Level], float]:
        amounts = {REQUESTS: 1, TOKENS: tokens}
        taken: dict[str, Level] = {}
        longest = 0.0
        for kind, limit in self._per_minute.items():
            bucket, wait = Bucket(limit, *levels[kind]).take(amounts[kind], now)
            taken[kind] = Level(bucket.level, bucket.at)
            longest = max(longest, wait)
        return taken, longest

    def _turn(self, turns: Sequence[TurnRow], place: Place, now: float) -> TurnRow:
        since = next((each.since for each in turns if each.process == self._process), now)
        return TurnRow(
            server=self._server,
            process=self._process,
            patient=place.patient,
            crowd=place.crowd,
            since=since,
            until=now + TURN_SECONDS,
        )


def _before(other: TurnRow, mine: TurnRow) -> bool:
    """Tell whether another process's call goes first: by its place, then by who waits longer."""
    if other.process == mine.process:
        return False
    return _order(other) < _order(mine)


def _order(turn: TurnRow) -> tuple[bool, int, float, str]:
    return turn.patient, turn.crowd, turn.since, turn.process
