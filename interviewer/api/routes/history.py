"""One's own attempts and drafts."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response, status
from pydantic import JsonValue

from interviewer.api.deps import CursorText, Limit, Owner, Service
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import SLUG, QuestionId
from interviewer.service.labels import as_labels
from interviewer.service.portability import as_csv, as_json, as_markdown
from interviewer.wire import AttemptPage, Draft, DraftRequest, Purged

router = APIRouter(prefix="/v1", tags=["history"])


FORMS: dict[int | str, dict[str, JsonValue]] = {
    status.HTTP_200_OK: {
        "description": "The whole history",
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/csv": {"schema": {"type": "string"}},
            "text/markdown": {"schema": {"type": "string"}},
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }
}


@router.get("/attempts")
async def attempts(
    service: Service,
    owner: Owner,
    question_id: Annotated[str | None, Query(max_length=64, pattern=SLUG)] = None,
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


@router.get("/export", response_class=Response, responses=FORMS)
async def export(
    service: Service,
    owner: Owner,
    form: Annotated[Literal["json", "csv", "markdown", "labels"], Query(alias="format")] = "json",
) -> Response:
    """Return all of one's history; `labels` are the appeals, as rows for `evaluate`."""
    write = {"json": as_json, "csv": as_csv, "markdown": as_markdown, "labels": as_labels}[form]
    media = {
        "json": "application/json",
        "csv": "text/csv",
        "markdown": "text/markdown",
        "labels": "application/x-ndjson",
    }[form]
    ending = {"json": "json", "csv": "csv", "markdown": "md", "labels": "jsonl"}[form]
    return Response(
        await service.portability.export(owner, write),
        media_type=f"{media}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="interviewer.{ending}"'},
    )


@router.delete("/me/history")
async def purge(service: Service, owner: Owner) -> Purged:
    """Delete all of one's history: attempts, gradings, drafts, and what was agreed to."""
    deleted = await service.portability.purge(owner)
    return Purged(attempts=deleted.attempts, gradings=deleted.gradings, drafts=deleted.drafts)
