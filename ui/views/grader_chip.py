"""The quiet chip at the right of the question line: who grades, and what happens to the words."""

import streamlit as st

from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.wire import GraderState
from ui.markup.html import Html, div, tag
from ui.markup.numbers import dollars

OFFLINE = (
    "Runs on this machine, without a model server. It looks for evidence in your own words; "
    "read its score as an indication.",
    "For an LLM grading, set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, "
    "and start again.",
)


def show_grader_chip(client: Client) -> GraderState:
    """Draw the chip and return the state of the grader."""
    state = client.about().grader
    offline = state.kind is GraderKind.OFFLINE
    with st.popover(
        "Offline grader" if offline else state.model,
        type="tertiary",
        icon=":material/bolt:" if offline else ":material/neurology:",
        key="grader-chip",
    ):
        st.html(explained(state))
    return state


def explained(state: GraderState) -> Html:
    """Return what the grader is, where the words go, and what was spent today."""
    return div("mi-chip", *(tag("p", each) for each in _sentences(state)))


def _sentences(state: GraderState) -> tuple[str, ...]:
    if state.kind is GraderKind.OFFLINE:
        return (*OFFLINE, "Your answers stay on this machine.")
    where = (
        f"Your answers are sent to {state.server}."
        if state.leaves_machine
        else f"Your answers go to {state.server or 'a local server'} and stay on this machine."
    )
    spent = f"Spent today: {dollars(state.spent_today_usd)}"
    if state.budget_usd_per_day is not None:
        spent += f" of {dollars(state.budget_usd_per_day)}"
    return (f"Answers are graded by {state.model}.", where, f"{spent}.")
