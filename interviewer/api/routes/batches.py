"""Have many answers graded in one go: JSONL in, JSONL out."""

from collections.abc import AsyncGenerator
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response, status
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from interviewer.api.deps import CursorText, Limit, Owner, Service
from interviewer.domain.batch import Batch
from interviewer.domain.grading import GraderKind
from interviewer.errors import InputError
from interviewer.service.batch_rows import lines_of
from interviewer.wire import BatchPage

router = APIRouter(prefix="/v1/batches", tags=["batches"])

MAX_BATCH_BYTES = 256_000_000
MEDIA_TYPE = "application/jsonl"

_ROWS = (
    '{"id": "1", "question_id": "drift-monitoring", "answer": "I alert when PSI is above 0.2."}\n'
)
_BODY = {
    "requestBody": {
        "required": True,
        "description": "One JSON object a line, with `id`, `question_id` and `answer`; other keys "
        "are ignored. A faulty row becomes a row with an `error` and never stops the rest.",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}, "example": _ROWS}},
    }
}


@router.post("", status_code=status.HTTP_202_ACCEPTED, openapi_extra=_BODY)
async def create(
    request: Request,
    service: Service,
    owner: Owner,
    response: Response,
    grader: Annotated[Literal["auto", "offline", "llm"], Query()] = "auto",
    idempotency_key: Annotated[str | None, Header()] = None,
) -> Batch:
    """Store the rows as they come in and have them graded, after interactive work."""
    kind = None if grader == "auto" else GraderKind(grader)
    lines = lines_of(_bounded(request))
    batch = await service.batches.create(owner, lines, kind, idempotency_key)
    response.headers["Location"] = f"/v1/batches/{batch.id}"
    return batch


@router.get("")
async def page(
    service: Service, owner: Owner, limit: Limit = 50, cursor: CursorText = None
) -> BatchPage:
    """List one's batches, newest first."""
    found = await service.batches.page(owner, limit=limit, cursor=cursor)
    return BatchPage(items=found.items, next=found.next)


@router.get("/{batch_id}")
async def read(batch_id: str, service: Service, owner: Owner) -> Batch:
    """Say how far a batch is."""
    return await service.batches.batch(owner, batch_id)


@router.get(
    "/{batch_id}/results",
    response_class=StreamingResponse,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
async def results(
    batch_id: str,
    service: Service,
    owner: Owner,
    after: Annotated[int, Query(ge=0, le=1_000_000, description="Rows that are here already.")] = 0,
    follow: Annotated[bool, Query(description="Wait for rows that have not ended.")] = False,
) -> StreamingResponse:
    """Stream the rows in the order of the input, as `interviewer batch` writes them."""
    await service.batches.batch(owner, batch_id)
    rows = service.batches.results(owner, batch_id, after=after, follow=follow)
    return StreamingResponse(rows, media_type=MEDIA_TYPE)


@router.post("/{batch_id}/cancel")
async def cancel(batch_id: str, service: Service, owner: Owner) -> Batch:
    """Stop a batch; the rows that are graded are kept."""
    return await service.batches.cancel(owner, batch_id)


async def _bounded(request: Request) -> AsyncGenerator[bytes]:
    """Yield the body's pieces; raise for one that is too large or breaks off."""
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > MAX_BATCH_BYTES:
                raise HTTPException(
                    status.HTTP_413_CONTENT_TOO_LARGE,
                    f"A batch may have {MAX_BATCH_BYTES:,} bytes; send the rest in another.",
                )
            yield chunk
    except ClientDisconnect:
        raise InputError("The upload broke off; send the whole batch again.") from None
