"""Hand answers in, and follow what becomes of them."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response, status
from fastapi.responses import StreamingResponse
from pydantic import JsonValue

from interviewer.api import events
from interviewer.api.deps import Owner, Service
from interviewer.domain.grading import Grading
from interviewer.service.appeals import appeal_of
from interviewer.service.practice import Submission
from interviewer.wire import AppealRequest, GradingRequest, RegradeRequest, StrongerOutline

router = APIRouter(prefix="/v1/gradings", tags=["gradings"])

MAX_WAIT_SECONDS = 60
_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*(\d{1,6})(?:$|[,;\s])")

_WHERE: dict[str, JsonValue] = {
    "Location": {"description": "Where the grading is.", "schema": {"type": "string"}}
}
STARTED: dict[int | str, dict[str, Any]] = {
    status.HTTP_200_OK: {"model": Grading, "description": "It has ended", "headers": _WHERE},
    status.HTTP_202_ACCEPTED: {"description": "It is kept and queued", "headers": _WHERE},
}
STREAM: dict[int | str, dict[str, JsonValue]] = {
    status.HTTP_200_OK: {
        "description": "The events",
        "content": {"text/event-stream": {}},
    },
    status.HTTP_204_NO_CONTENT: {"description": "Nothing follows what you have seen"},
}

Prefer = Annotated[str, Header(description="`wait=30` answers when the grading has ended.")]


@router.post("", status_code=status.HTTP_202_ACCEPTED, responses=STARTED)
async def create(
    body: GradingRequest,
    service: Service,
    owner: Owner,
    response: Response,
    idempotency_key: Annotated[str | None, Header()] = None,
    prefer: Prefer = "",
) -> Grading:
    """Store an answer and have it graded."""
    question = body.question or body.question_id
    assert question is not None, "the request was validated to name a question"
    submission = Submission(
        question=question,
        answer=body.answer,
        grader=body.grader,
        revises=body.revises,
        seconds=body.seconds,
    )
    grading = await service.practice.submit(owner, submission, idempotency_key)
    return await _started(service, owner, grading, response, prefer)


@router.get("/{grading_id}")
async def read(grading_id: str, service: Service, owner: Owner) -> Grading:
    """Return a grading as it stands."""
    return await service.practice.grading(owner, grading_id)


@router.get("/{grading_id}/events", response_class=StreamingResponse, responses=STREAM)
async def follow(
    grading_id: str,
    service: Service,
    owner: Owner,
    last_event_id: Annotated[int, Header(ge=0)] = 0,
) -> Response:
    """Stream `dimension`, `misconception` and `done` events; `Last-Event-ID` re-attaches.

    204 when `done` was the last one seen: browsers that reconnect by themselves stop at that.
    """
    if await service.watching.is_over(owner, grading_id, last_event_id):
        return Response(status_code=status.HTTP_204_NO_CONTENT)
    return events.stream(service.watching.events(owner, grading_id, last_event_id))


@router.post("/{grading_id}/cancel")
async def cancel(grading_id: str, service: Service, owner: Owner) -> Grading:
    """Stop a grading that has not ended; the answer is kept."""
    return await service.practice.cancel(owner, grading_id)


@router.post("/{grading_id}/regrade", status_code=status.HTTP_202_ACCEPTED, responses=STARTED)
async def regrade(
    grading_id: str,
    service: Service,
    owner: Owner,
    response: Response,
    body: RegradeRequest | None = None,
    prefer: Prefer = "",
) -> Grading:
    """Grade the same answer again; the gradings before are kept."""
    grader = None if body is None else body.grader
    grading = await service.practice.regrade(owner, grading_id, grader)
    return await _started(service, owner, grading, response, prefer)


@router.post("/{grading_id}/appeals", status_code=status.HTTP_202_ACCEPTED, responses=STARTED)
async def appeal(
    grading_id: str,
    body: AppealRequest,
    service: Service,
    owner: Owner,
    response: Response,
    prefer: Prefer = "",
) -> Grading:
    """Have one criterion ruled on again; the new grading is added, the old one kept."""
    made = appeal_of(grading_id, body.criterion_id, body.start, body.end, body.note)
    grading = await service.appeals.appeal(owner, made)
    return await _started(service, owner, grading, response, prefer)


@router.post("/{grading_id}/outline")
async def outline(grading_id: str, service: Service, owner: Owner) -> StrongerOutline:
    """Write a stronger outline of the graded answer; the model that grades is asked for it."""
    made = await service.outlines.outline(owner, grading_id)
    return StrongerOutline(
        grader=made.grader, model=made.model, outline=made.lines, usage=made.usage
    )


async def _started(
    service: Service, owner: str, grading: Grading, response: Response, prefer: str
) -> Grading:
    """Wait as long as the caller prefers, and say where the grading is."""
    wanted = _WAIT.search(prefer)
    if wanted is not None:
        seconds = min(int(wanted[1]), MAX_WAIT_SECONDS)
        response.headers["Preference-Applied"] = f"wait={seconds}"
        grading = await service.watching.wait(owner, grading, seconds)
    if grading.status.is_final:
        response.status_code = status.HTTP_200_OK
    response.headers["Location"] = f"/v1/gradings/{grading.id}"
    return grading
