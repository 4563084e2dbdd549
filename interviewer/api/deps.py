"""What routes are handed: the services, who asks, and the bounds of a page."""

from typing import Annotated

from fastapi import Depends, Header, Query, Request

from interviewer.errors import NotAllowed, NotSignedIn
from interviewer.service.accounts import Scope
from interviewer.service.owners import LOCAL
from interviewer.service.services import Services

SCORING = ("/v1/gradings", "/v1/questions", "/v1/topics", "/v1/batches")
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

    Raises: NotSignedIn without a key that is in use; NotAllowed for a key without the scope.
    """
    if service.facts.auth == "none":
        return LOCAL
    scheme, _, key = authorization.partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise NotSignedIn("This service wants an API key; send it as Authorization: Bearer KEY.")
    identity = await service.accounts.identify(key.strip())
    if identity.scopes & {Scope.PRACTISE, Scope.ADMIN}:
        return identity.owner
    if Scope.SCORE in identity.scopes and request.url.path.startswith(SCORING):
        return identity.owner
    raise NotAllowed("This API key may not do that; use one with the scope 'practise'.")


Owner = Annotated[str, Depends(owner)]
Limit = Annotated[int, Query(ge=1, le=200, description="How many items at most.")]
CursorText = Annotated[str | None, Query(max_length=200, description="`next` of the page before.")]
