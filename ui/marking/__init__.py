"""Marks words of an answer: a click on "I said this", and the selection of the words themselves.

The browser sends places in the answer, never words: offsets in code points, as evidence has them.
"""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from streamlit.components.v2 import component
from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).resolve().parent

CLAIM = "data-mi-claim"
"""The attribute of our own buttons; its value is a criterion's id."""


class Marked(BaseModel):
    """What was selected: `answer[start:end]`, in code points."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    start: int
    end: int


def claimed() -> str | None:
    """Listen to the page's "I said this" buttons; return the criterion of a click, once."""
    result = _listener()(key="claims", on_claimed_change=_ignore)
    sent = result.get("claimed")
    return sent if isinstance(sent, str) else None


def show_picker(answer: str, key: str) -> Marked | None:
    """Draw the answer for its words to be selected; return the selection once it is handed in."""
    result = _picker()(key=key, data={"answer": answer}, on_marked_change=_ignore)
    sent = result.get("marked")
    if sent is None:
        return None
    try:
        return Marked.model_validate(sent)
    except ValidationError:
        return None


def _ignore() -> None:
    """Stand as the callback that Streamlit wants for every trigger."""


@cache
def _listener() -> ComponentRenderer:
    return component("interviewer_claims", js=_read("claims.js"))


@cache
def _picker() -> ComponentRenderer:
    return component(
        "interviewer_picker",
        html=_read("picker.html"),
        css=_read("picker.css"),
        js=_read("picker.js"),
    )


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
