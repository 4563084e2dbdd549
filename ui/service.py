"""The connection to the API; all tabs of this process share it."""

import os

import streamlit as st

from interviewer.client import Client


def client() -> Client:
    """Return the client of the service that this process was started for."""
    return _connected(os.environ.get("INTERVIEWER_API_URL", "http://127.0.0.1:8000"))  # noqa: TID251 - the UI's only reading


@st.cache_resource(show_spinner=False)
def _connected(url: str) -> Client:
    return Client(url)
