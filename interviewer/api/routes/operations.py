"""How the service fares, for whoever runs it."""

from fastapi import APIRouter, Request, Response, status
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from interviewer.api.deps import Service
from interviewer.api.metrics import Metrics
from interviewer.wire import PartHealth, Readiness

router = APIRouter(tags=["operations"])


@router.get("/health/live")
async def live() -> dict[str, bool]:
    """Answer as long as the process does."""
    return {"live": True}


@router.get(
    "/health/ready",
    responses={
        status.HTTP_503_SERVICE_UNAVAILABLE: {"model": Readiness, "description": "A part cannot"}
    },
)
async def ready(service: Service, response: Response) -> Readiness:
    """Say whether work can be taken, and which part cannot; 503 when one cannot."""
    parts = await service.health.parts()
    fine = all(part.ready for part in parts)
    if not fine:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return Readiness(
        ready=fine,
        parts=tuple(PartHealth(name=p.name, ready=p.ready, message=p.message) for p in parts),
    )


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        status.HTTP_200_OK: {
            "description": "The figures",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        }
    },
)
async def metrics(request: Request, service: Service) -> Response:
    """Return the figures of this process, and of the shared queue, in Prometheus' text format."""
    found = request.app.state.metrics
    assert isinstance(found, Metrics)
    found.show(await service.figures.queue())
    return Response(generate_latest(found.registry), media_type=CONTENT_TYPE_LATEST)
