"""One's own attempts and drafts."""

from typing import Annotated

from fastapi import APIRouter, Query

from interviewer.api.deps import CursorText, Limit, Owner, Service
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import QuestionId
from interviewer.wire import AttemptPage, Draft, DraftRequest

router = APIRouter(prefix="/v1", tags=["history"])


@router.get("/attempts")
async def attempts(
    service: Service,
    owner: Owner,
    question_id: Annotated[str | None, Query(max_length=64)] = None,
    limit: Limit = 50,
    cursor: CursorText = None,
) -> AttemptPage:
    """List one's attempts, newest first."""
    page = await service.history.attempts(
        owner, limit=limit, cursor=cursor, question_id=question_id
    )
    return AttemptPage(items=page.items, next=page.next)


@router.get("/attempts/{attempt_id}")
async def attempt(attempt_id: str, service: Service, owner: Owner) -> Attempt:
    """Return one attempt with all its gradings, newest first."""
    return await service.history.attempt(owner, attempt_id)


@router.get("/drafts/{question_id}")
async def draft(question_id: str, service: Service, owner: Owner) -> Draft:
    """Return what was typed and not yet submitted."""
    kept = await service.history.draft(owner, question_id)
    return Draft(question_id=QuestionId(question_id), **dict(kept))


@router.put("/drafts/{question_id}")
async def save_draft(question_id: str, body: DraftRequest, service: Service, owner: Owner) -> Draft:
    """Keep what stands in the editor; what was typed last wins."""
    kept = await service.history.save_draft(
        owner, question_id, body.answer, body.seconds, body.typed_at
    )
    return Draft(question_id=QuestionId(question_id), **dict(kept))
