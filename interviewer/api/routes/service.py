"""What this service is, and what it would do with an answer."""

from importlib.metadata import version

from fastapi import APIRouter, status

from interviewer.api.deps import Owner, Service
from interviewer.wire import (
    About,
    ConsentRequest,
    Estimate,
    EstimateRequest,
    GraderState,
)

router = APIRouter(prefix="/v1", tags=["service"])


@router.get("/about")
async def about(service: Service, owner: Owner) -> About:
    """Say which grader is used, where answers go, and what was agreed to."""
    told = await service.disclosing.grader(owner)
    return About(
        version=version("interviewer"),
        auth=service.facts.auth,
        max_answer_tokens=service.facts.max_answer_tokens,
        grader=GraderState(**told._asdict(), budget_usd_per_day=service.facts.budget_usd_per_day),
    )


@router.post("/estimates")
async def estimate(body: EstimateRequest, service: Service, owner: Owner) -> Estimate:
    """Say what grading an answer would send, where to, and at what cost; nothing is sent."""
    told = await service.disclosing.forecast(owner, body.question_id, body.answer, body.grader)
    return Estimate(
        kind=told.disclosure.kind,
        model=told.disclosure.model,
        server=told.disclosure.server,
        leaves_machine=told.disclosure.leaves_machine,
        answer_tokens=told.answer_tokens,
        calls=told.usage.calls,
        input_tokens=told.usage.input_tokens,
        output_tokens=told.usage.output_tokens,
        cost_usd=told.usage.cost_usd,
    )


@router.put("/consent", status_code=status.HTTP_204_NO_CONTENT)
async def consent(body: ConsentRequest, service: Service, owner: Owner) -> None:
    """Agree that one's answers go to a model on a server."""
    await service.disclosing.consent(owner, body.server, body.model)
