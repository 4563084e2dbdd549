"""What routes are handed: the services, who asks, and the bounds of a page."""

from typing import Annotated

from fastapi import Depends, Query, Request

from interviewer.service.owners import LOCAL
from interviewer.service.services import Services


def services(request: Request) -> Services:
    """Return the services that the app was created with."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


def owner() -> str:
    """Return whose rows the request may see."""
    return LOCAL


Service = Annotated[Services, Depends(services)]
Owner = Annotated[str, Depends(owner)]
Limit = Annotated[int, Query(ge=1, le=200, description="How many items at most.")]
CursorText = Annotated[str | None, Query(max_length=200, description="`next` of the page before.")]
