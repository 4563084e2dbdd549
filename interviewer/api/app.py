"""The HTTP application: routes over services, and nothing that decides."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI

from interviewer.api import errors
from interviewer.api.deps import owner
from interviewer.api.guards import Guards
from interviewer.api.metrics import Metering, Metrics
from interviewer.api.routes import (
    batches,
    gradings,
    history,
    interviews,
    operations,
    progress,
    questions,
    rubrics,
    service,
    warm_ups,
)
from interviewer.service.services import Services
from interviewer.wire import Problem

MAX_BODY_BYTES = 600_000
"""Room for the longest answer and a question sent along with it."""

DESCRIPTION = """Practise interview answers: binary criteria, the candidate's own words as evidence,
and numbers that code makes. Errors are `application/problem+json` (RFC 9457)."""


def create_app(services: Services) -> FastAPI:
    """Return the application; its lifespan starts and stops the services."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with services.running.run():
            yield

    app = FastAPI(
        title="Interviewer",
        description=DESCRIPTION,
        version=version("interviewer"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        responses={"default": {"model": Problem, "description": "What went wrong"}},
    )
    app.state.services = services
    metrics = Metrics()
    app.state.metrics = metrics
    errors.install(app)
    for module in (
        questions,
        gradings,
        batches,
        history,
        service,
        rubrics,
        operations,
        warm_ups,
        progress,
        interviews,
    ):
        # Every route wants to know who asks, whether it uses the answer or not.
        guarded = [] if module is operations else [Depends(owner)]
        app.include_router(module.router, dependencies=guarded)
    app.add_middleware(Metering, metrics=metrics)
    app.add_middleware(
        Guards,
        allowed_hosts=services.allowed_hosts,
        max_body=MAX_BODY_BYTES,
        streamed=(batches.router.prefix,),
    )
    return app
