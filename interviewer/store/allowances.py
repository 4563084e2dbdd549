"""Levels of the limits per minute, and whose call is the foremost of each process; PostgreSQL only.

All times are the database's, in seconds since 1970: the clocks of the workers need not agree.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.store.tables import AllowanceRow, TurnRow
from interviewer.store.writing import insert_once, insert_or_update


class Level(NamedTuple):
    """How much of a limit is left at a moment."""

    level: float
    at: float


async def lock(session: AsyncSession, server: str, full: Mapping[str, float]) -> dict[str, Level]:
    """Return the levels of a server's limits, for this transaction alone; new ones are full."""
    found = await _locked(session, server)
    if found.keys() >= full.keys():
        return found
    moment = await now(session)
    for kind, level in full.items():
        values = {"server": server, "kind": kind, "level": level, "at": moment}
        await insert_once(session, AllowanceRow, values)
    return await _locked(session, server)


async def now(session: AsyncSession) -> float:
    """Return the database's time, which goes on inside a transaction."""
    moment = await session.scalar(select(func.extract("epoch", func.clock_timestamp())))
    assert moment is not None
    return float(moment)


async def write(session: AsyncSession, server: str, levels: Mapping[str, Level]) -> None:
    """Keep levels that were locked before."""
    for kind, level in levels.items():
        await session.execute(
            update(AllowanceRow)
            .where(AllowanceRow.server == server, AllowanceRow.kind == kind)
            .values(level=level.level, at=level.at)
        )


async def turns(session: AsyncSession, server: str) -> Sequence[TurnRow]:
    """Return the foremost call of each process that waits, those of dead ones included."""
    return (await session.scalars(select(TurnRow).where(TurnRow.server == server))).all()


async def wait(session: AsyncSession, turn: TurnRow) -> None:
    """Say that this process's foremost call waits."""
    await insert_or_update(
        session,
        TurnRow,
        ("server", "process"),
        {
            "server": turn.server,
            "process": turn.process,
            "patient": turn.patient,
            "crowd": turn.crowd,
            "since": turn.since,
            "until": turn.until,
        },
    )


async def go(session: AsyncSession, server: str, process: str, moment: float) -> None:
    """Say that this process's foremost call goes, and forget what is out of date."""
    await session.execute(
        delete(TurnRow).where(
            TurnRow.server == server, (TurnRow.process == process) | (TurnRow.until < moment)
        )
    )


async def _locked(session: AsyncSession, server: str) -> dict[str, Level]:
    rows = await session.scalars(
        select(AllowanceRow)
        .where(AllowanceRow.server == server)
        .order_by(AllowanceRow.kind)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.kind: Level(row.level, row.at) for row in rows}
