"""Interviews, each kept whole."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.interview import Interview
from interviewer.errors import NotFound
from interviewer.store.tables import InterviewRow


def add(session: AsyncSession, owner: str, interview: Interview) -> None:
    """Write a new interview."""
    session.add(
        InterviewRow(
            id=interview.id,
            owner=owner,
            created_at=interview.created_at,
            body=interview.model_dump_json(),
        )
    )


async def find(session: AsyncSession, owner: str, interview_id: str) -> Interview:
    """Return one's own interview. Raises: NotFound."""
    row = await session.get(InterviewRow, interview_id)
    if row is None or row.owner != owner:
        raise NotFound(f"There is no interview {interview_id!r}; start one on the Interview page.")
    return Interview.model_validate_json(row.body)


async def change(session: AsyncSession, before: Interview, after: Interview) -> bool:
    """Write a change; return False when another tab has changed it since `before` was read."""
    changed = await session.scalar(
        update(InterviewRow)
        .where(InterviewRow.id == before.id, InterviewRow.body == before.model_dump_json())
        .values(body=after.model_dump_json())
        .returning(InterviewRow.id)
    )
    return changed is not None


async def newest(session: AsyncSession, owner: str, limit: int) -> tuple[Interview, ...]:
    """Return a candidate's latest interviews."""
    rows = await session.scalars(
        select(InterviewRow)
        .where(InterviewRow.owner == owner)
        .order_by(InterviewRow.created_at.desc(), InterviewRow.id)
        .limit(limit)
    )
    return tuple(Interview.model_validate_json(row.body) for row in rows)
