"""Idempotency keys: the same key and body is the same grading, for as long as that is kept."""

from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.errors import KeyReused, NotFound
from interviewer.store.tables import SubmissionRow
from interviewer.store.writing import insert_once


async def claim(
    session: AsyncSession, owner: str, key: str, digest: str, grading_id: str
) -> str | None:
    """Tie a key to a grading, or return the id of the grading that it is tied to already.

    Call it after the grading's own row is written, in the same transaction.

    Raises: KeyReused when the key came with another body before.
    """
    values = {"owner": owner, "key": key, "digest": digest, "grading_id": grading_id}
    if await insert_once(session, SubmissionRow, values):
        return None
    return await first(session, owner, key, digest)


async def first(session: AsyncSession, owner: str, key: str, digest: str) -> str | None:
    """Return the id of the grading that a key is tied to; None when it is new.

    Raises: KeyReused when the key came with another body before.
    """
    row = await session.get(SubmissionRow, (owner, key))
    if row is None:
        return None
    if row.digest != digest:
        raise KeyReused(
            f"The Idempotency-Key {key!r} was sent before with another body; send a new key for "
            "a new answer."
        )
    return row.grading_id


async def grading_of(session: AsyncSession, owner: str, key: str) -> str:
    """Return the id of the grading that a key is tied to, whatever came with it.

    Raises: NotFound when the key is new.
    """
    row = await session.get(SubmissionRow, (owner, key))
    if row is None:
        raise NotFound(f"Nothing was submitted under the key {key!r}.")
    return row.grading_id
