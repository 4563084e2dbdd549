"""What stands in a page's place while its figures are fetched; a fast reply never shows it."""

from collections.abc import Generator
from contextlib import contextmanager

import streamlit as st

from ui.markup.html import div


@contextmanager
def loading(what: str) -> Generator[None]:
    """Say what is being fetched, until it is there."""
    place = st.empty()
    place.html(div("mi-loading", f"Loading {what}", role="status"))
    try:
        yield
    finally:
        place.empty()
