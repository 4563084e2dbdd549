"""What an author of questions asks of the service; nothing of it is kept."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from interviewer.api.deps import Owner, Service
from interviewer.domain.grading import Grading
from interviewer.wire import CheckReport, CheckRequest, FaultReport, TrialRequest

router = APIRouter(prefix="/v1/rubrics", tags=["rubrics"])


@router.get("/scaffold", response_class=PlainTextResponse)
async def scaffold(service: Service, owner: Owner) -> str:
    """Return a complete small question file to start from, as `interviewer new-question` writes."""
    return service.authoring.scaffold()


@router.post("/check")
async def check(body: CheckRequest, service: Service, owner: Owner) -> CheckReport:
    """Return every fault of a question file, as `interviewer check` prints them."""
    faults = await service.authoring.check(body.text)
    return CheckReport(
        faults=tuple(
            FaultReport(line=fault.line, where=fault.where, message=fault.message)
            for fault in faults
        )
    )


@router.post("/trials")
async def try_on(body: TrialRequest, service: Service, owner: Owner) -> Grading:
    """Grade an answer offline against the question in a file; neither is kept."""
    return await service.authoring.try_on(body.text, body.answer)
