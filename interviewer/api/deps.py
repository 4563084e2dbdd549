"""What routes are handed: the services, who asks, and the bounds of a page."""

from typing import Annotated

from fastapi import Depends, Header, Query, Request

from interviewer.api.rates import Rates
from interviewer.domain.base import CURSOR
from interviewer.errors import NotAllowed, NotSignedIn
from interviewer.service.accounts import Scope
from interviewer.service.owners import LOCAL
from interviewer.service.services import Services

SCORING = (
    "/v1/about",
    "/v1/batches",
    "/v1/estimates",
    "/v1/gradings",
    "/v1/questions",
    "/v1/rubrics",
    "/v1/topics",
)
"""What a key for scoring alone may use."""


def services(request: Request) -> Services:
    """Return the services that the app was created with."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


Service = Annotated[Services, Depends(services)]


async def owner(
    request: Request,
    service: Service,
    authorization: Annotated[str, Header(include_in_schema=False)] = "",
) -> str:
    """Return whose rows the request may see; nothing else in the request decides that.

    Raises: NotSignedIn without a key that is in use; NotAllowed for a key without the scope;
        LimitReached for a caller who sends too much.
    """
    rates = rates_of(request)
    if service.facts.auth == "none":
        rates.take(LOCAL)
        return LOCAL
    try:
        identity = await service.accounts.identify(_bearer(authorization))
    except NotSignedIn:
        # Strangers share one bucket for each address, so that guessing keys is slow as well.
        rates.take(f"address:{request.client.host if request.client else ''}")
        raise
    rates.take(identity.owner)
    if identity.scopes & {Scope.PRACTISE, Scope.ADMIN}:
        return identity.owner
    if Scope.SCORE in identity.scopes and request.url.path.startswith(SCORING):
        return identity.owner
    raise NotAllowed("This API key may not do that; use one with the scope 'practise'.")


def _bearer(authorization: str) -> str:
    scheme, _, key = authorization.partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise NotSignedIn("This service wants an API key; send it as Authorization: Bearer KEY.")
    return key.strip()


def rates_of(request: Request) -> Rates:
    """Return what counts the requests of this app's callers."""
    found = request.app.state.rates
    assert isinstance(found, Rates)
    return found


Owner = Annotated[str, Depends(owner)]
Limit = Annotated[int, Query(ge=1, le=200, description="How many items at most.")]
CursorText = Annotated[
    str | None,
    Query(max_length=200, pattern=CURSOR, description="`next` of the page before."),
]
