"""Asks once before an answer leaves the machine: where to, what for, at what cost."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.wire import Estimate, GraderState
from ui import session as sessions
from ui.markup.html import Html, div, tag
from ui.markup.numbers import dollars
from ui.session import Pending, Session
from ui.views.submission import send


def show_consent(client: Client, session: Session, pending: Pending, grader: GraderState) -> None:
    """Draw the question whether this answer may be sent to the model's server."""

    def forget() -> None:
        sessions.keep(replace(sessions.current(), pending=None))

    def go(kind: GraderKind | None) -> None:
        send(client, session, pending, kind)

    ask_consent(client, pending.question_id, pending.answer.text, grader, go, forget)


def ask_consent(
    client: Client,
    question_id: str,
    answer: str,
    grader: GraderState,
    go: Callable[[GraderKind | None], None],
    forget: Callable[[], None] = lambda: None,
) -> None:
    """Ask whether an answer may leave; `go` is told which grader, `forget` that none was chosen."""

    @st.dialog("Send your answer to a model?", on_dismiss=forget)
    def ask() -> None:
        st.html(_explained(client.estimate(question_id, answer), grader))
        if st.button("Send it", type="primary", key="consent-send", width="stretch"):
            client.consent(grader.server or "", grader.model)
            go(None)
        if st.button("Grade it offline instead", key="consent-offline", width="stretch"):
            go(GraderKind.OFFLINE)

    ask()


def _explained(estimate: Estimate, grader: GraderState) -> Html:
    cost = (
        "Its price is not known here."
        if estimate.cost_usd is None
        else f"It will cost about {dollars(estimate.cost_usd)}."
    )
    tokens = f"{estimate.input_tokens + estimate.output_tokens:,} tokens in {estimate.calls} calls."
    return div(
        "mi-chip",
        tag(
            "p",
            "Your answer goes to ",
            tag("b", grader.server or "the server"),
            " for ",
            tag("b", grader.model),
            ".",
        ),
        tag("p", f"About {tokens} {cost}"),
        tag("p", "You are asked once for this server and model. Nothing else about you is sent."),
    )


def whole_interview(grader: GraderState) -> Html:
    """Return where the words of an interview go; their cost is known with each answer only."""
    server = tag("b", grader.server or "the server")
    return div(
        "mi-chip",
        tag("p", "Your answers, and what you ask the interviewer, go to ", server, "."),
        tag("p", "They are read by ", tag("b", grader.model), "."),
        tag("p", "You are asked once for this server and model. Nothing else about you is sent."),
    )
