"""The answer box: our own component, for a native text area loses the words on F5.

Every keystroke goes to the browser's storage; a pause or leaving the box sends the draft to us,
who keep it in the API. Words, tokens and the clock are drawn in the browser, without reruns.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from streamlit.components.v2 import component
from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).resolve().parent


class Typed(BaseModel):
    """What the browser sends: the words, how long they took, and when they were typed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    seconds: float
    typed_at: float
    """Milliseconds since 1970, by the browser's clock."""
    key: str
    """Made once for one text, so that sending it twice is one attempt."""

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.typed_at / 1000, UTC)


@dataclass(frozen=True)
class Box:
    """How one answer box is set up."""

    scope: str
    """Names the draft in the browser's storage: a question, a revision, a step of an interview."""
    text: str = ""
    """What the API holds; the newer of it and the browser's draft wins."""
    typed_at: float = 0
    """When the API's text was typed, in milliseconds since 1970."""
    seconds: float = 0
    minutes: int | None = None
    """Time that the question is meant to take; the clock counts down from it."""
    deadline: float | None = None
    """End of the interview in milliseconds since 1970; then the box submits by itself."""
    max_tokens: int = 4000
    max_characters: int = 100_000
    label: str = "Your answer"
    placeholder: str = "Start with what you would want to know, then commit to a design."
    action: str = "Get feedback"
    height: int = 320
    kind: Literal["answer", "file"] = "answer"
    """A file is shown in fixed width, its lines are counted, and its draft stays in the browser."""
    receipt: str = ""
    """Changes once what was sent has been dealt with; the box can be written in again."""
    saved: bool = False
    """Whether the API holds the newest draft that we were sent."""


def show_editor(box: Box) -> tuple[Typed | None, Typed | None]:
    """Draw the box and return the newest draft and, once, the submitted answer."""
    result = _component()(
        key=f"editor-{box.scope}",
        data=asdict(box),
        on_draft_change=_ignore,
        on_submitted_change=_ignore,
    )
    return _typed(result.get("draft")), _typed(result.get("submitted"))


def settle(scopes: Sequence[str], answer: str) -> None:
    """Drop the browser's drafts that say the same as an answer which the API holds."""
    _settler()(key="editor-settle", data={"scopes": list(scopes), "answer": answer})


def _ignore() -> None:
    """Stand as the callback that Streamlit wants for every state."""


def _typed(sent: object) -> Typed | None:
    if sent is None:
        return None
    try:
        return Typed.model_validate(sent)
    except ValidationError:
        return None


@cache
def _component() -> ComponentRenderer:
    return component(
        "interviewer_editor",
        html=_read("editor.html"),
        css=_read("editor.css"),
        js=_read("editor.js"),
    )


@cache
def _settler() -> ComponentRenderer:
    return component("interviewer_settle", js=_read("settle.js"))


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
