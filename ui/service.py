"""The connection to the API, and who speaks through it: all tabs share the one, none the other."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2
import streamlit as st

from interviewer.client import Client, connect, vouching
from interviewer.errors import NotSignedIn
from ui import session


@dataclass(frozen=True)
class Door:
    """What `interviewer ui` told this process: where the API is, and how people come in."""

    url: str
    auth: str
    ui_key: str = field(repr=False)


def door() -> Door:
    """Return the door of this process."""
    told = os.environ  # noqa: TID251 - the UI's only reading
    return Door(
        url=told.get("INTERVIEWER_API_URL", "http://127.0.0.1:8000"),
        auth=told.get("INTERVIEWER_AUTH", "none"),
        ui_key=told.get("INTERVIEWER_UI_KEY", ""),
    )


def client() -> Client:
    """Return the client of whoever sits in front of this tab. Raises: NotSignedIn."""
    found = door()
    return Client(http=_connected(found.url), bearer=_bearer(found))


def client_with(key: str) -> Client:
    """Return a client that speaks with a key that nobody has kept yet."""
    return Client(http=_connected(door().url), bearer=lambda: key)


def _bearer(found: Door) -> Callable[[], str] | None:
    if found.auth == "oidc":
        return vouching(_person(), found.ui_key)
    key = session.current().key
    if key is not None:
        return lambda: key
    if found.auth == "keys":
        raise NotSignedIn("This service wants an API key.")
    return None


def _person() -> str:
    """Return who the identity provider says this is; a subject is unique to its issuer only."""
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        raise NotSignedIn("Sign in to go on.")
    return f"{claims.get('iss', '')} {claims['sub']}"


@st.cache_resource(show_spinner=False)
def _connected(url: str) -> httpx2.Client:
    return connect(url)
