"""The HTTP application: routes over services, and nothing that decides."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI
from pydantic import JsonValue

from interviewer.api import errors
from interviewer.api.bodies import careful
from interviewer.api.deps import owner
from interviewer.api.document import complete
from interviewer.api.guards import Guards
from interviewer.api.metrics import Metering, Metrics
from interviewer.api.rates import Rates
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

MAX_BODY_BYTES = 600_000
"""Room for the longest answer and a question sent along with it."""

DESCRIPTION = """Practise interview answers: binary criteria, the candidate's own words as evidence,
and numbers that code makes. Errors are `application/problem+json` (RFC 9457)."""


MODULES = (
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
)
"""Every module of routes; those of `operations` are open, all others want to know who asks."""


class Api(FastAPI):
    """The application with its document completed."""

    secured: bool = False

    def openapi(self) -> dict[str, JsonValue]:
        """Return the document; it is made when it is first asked for."""
        if self.openapi_schema is None:
            document: dict[str, JsonValue] = super().openapi()
            complete(document, secured=self.secured)
        assert self.openapi_schema is not None
        return self.openapi_schema


def create_app(services: Services) -> FastAPI:
    """Return the application; its lifespan starts and stops the services."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with services.running.run():
            yield

    app = Api(
        title="Interviewer",
        description=DESCRIPTION,
        version=version("interviewer"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.secured = services.facts.auth != "none"
    app.state.services = services
    metrics = Metrics()
    app.state.metrics = metrics
    app.state.rates = Rates(services.facts.requests_of_a_caller)
    errors.install(app)
    for module in MODULES:
        # Every route wants to know who asks, whether it uses the answer or not.
        guarded = [] if module is operations else [Depends(owner), Depends(careful)]
        app.include_router(module.router, dependencies=guarded)
    app.add_middleware(Metering, metrics=metrics)
    app.add_middleware(
        Guards,
        allowed_hosts=services.allowed_hosts,
        max_body=MAX_BODY_BYTES,
        streamed=(batches.router.prefix,),
    )
    return app
