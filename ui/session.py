"""The only place that touches Streamlit's session state: one frozen value under one key.

The session is a cache of where the candidate stands; whatever must outlive F5 is in the address
or in the API.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from interviewer.domain.grading import GraderKind, Grading
from interviewer.wire import CheckReport, StrongerOutline
from ui.editor import Typed

_KEY = "interviewer"


@dataclass(frozen=True)
class Pending:
    """A submitted answer that waits for the candidate's consent."""

    question_id: str
    answer: Typed
    revises: str | None


@dataclass(frozen=True)
class Outlined:
    """An outline that the candidate asked for; it is kept nowhere else, and cost a call."""

    grading_id: str
    outline: StrongerOutline


@dataclass(frozen=True)
class Authored:
    """A question file that was checked, and the answer that it was last tried on."""

    source: str
    """The box that it was typed into, or the upload that it came from."""
    text: str
    report: CheckReport
    answer: str = ""
    trial: Grading | None = None
    trouble: str | None = None
    """Why it could not be tried."""


@dataclass(frozen=True)
class Session:
    """Where the candidate stands in this tab."""

    question_id: str | None = None
    attempt_id: str | None = None
    revises: str | None = None
    grader: GraderKind | None = None
    """The grader chosen for the next answer; None leaves it to the service."""
    pending: Pending | None = None
    trouble: str | None = None
    """Why the last submission failed, in words for the candidate."""
    outlined: Outlined | None = None
    authored: Authored | None = None
    example: str | None = None
    """The question file that an author started from."""
    key: str | None = field(default=None, repr=False)
    """The API key of whoever sits here; it is nowhere else, and gone with the tab."""


def current() -> Session:
    """Return the session of this tab."""
    kept = st.session_state.get(_KEY)
    return kept if isinstance(kept, Session) else Session()


def keep(session: Session) -> None:
    """Put a whole new session in place of the old one."""
    st.session_state[_KEY] = session


def clear_widgets(texts: Sequence[str], choices: Sequence[str]) -> None:
    """Empty text boxes and choices, and with them the address; call before they are drawn."""
    for key in texts:
        st.session_state[key] = ""
    for key in choices:
        st.session_state[key] = None


def at_question(session: Session, question_id: str, revises: str | None = None) -> Session:
    """Return the session with this question open in the editor."""
    return replace(
        session,
        question_id=question_id,
        attempt_id=None,
        revises=revises,
        pending=None,
        trouble=None,
    )


def at_attempt(session: Session, question_id: str, attempt_id: str) -> Session:
    """Return the session with this attempt's feedback open."""
    return replace(
        session,
        question_id=question_id,
        attempt_id=attempt_id,
        revises=None,
        pending=None,
        trouble=None,
    )
