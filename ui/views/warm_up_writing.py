"""Write it yourself, after a warm-up: the structure that was recognised beside the one produced."""

import streamlit as st

from interviewer.client import Client
from interviewer.domain.attempt import Attempt
from interviewer.domain.grading import GraderKind
from interviewer.errors import InterviewerError, NotFound
from interviewer.wire import Draft, WarmUpCard, WarmUpVerdict
from ui.editor import Box, Typed, settle, show_editor
from ui.markup.html import div, heading, tag
from ui.markup.palette import colours
from ui.markup.spans import annotated, marks_of
from ui.markup.state import alert, state
from ui.markup.warm_up import LETTERS, chain, compared, moves
from ui.views.opening import open_attempt
from ui.views.sending import ask_consent

WRITING = "write"
"""In the address: empty while the answer is written, then the attempt."""


def writing() -> bool:
    """Return whether the address asks for the box, or for what was written in it."""
    return WRITING in st.query_params


def begin_writing(place: int) -> None:
    """Open the box for the warm-up at a place; a reload leads back to it."""
    st.query_params["at"] = str(place)
    st.query_params[WRITING] = ""
    st.rerun()


def show_writing(client: Client, card: WarmUpCard, verdict: WarmUpVerdict) -> None:
    """Draw the box, or the two structures once the answer has been read."""
    st.html(
        div(
            "mi-head",
            div("mi-facts", tag("span", "Warm-up"), tag("span", "write it yourself")),
            heading(1, card.title, "mi-question"),
            div("mi-brief", card.prompt),
        )
    )
    attempt_id = st.query_params[WRITING]
    if attempt_id:
        _compare(client, card, verdict, client.attempt(attempt_id))
    else:
        _write(client, card)


def _write(client: Client, card: WarmUpCard) -> None:
    kept = _draft(client, card)
    draft, submitted = show_editor(_box(card, kept))
    if submitted is not None and submitted.text.strip():
        _hand_in(client, card, submitted)
    elif draft is not None and (kept is None or draft.moment > kept.typed_at):
        client.save_draft(
            card.question_id, draft.text, typed_at=draft.moment, seconds=draft.seconds
        )
        st.rerun()
    if st.button("Back to the four answers", type="tertiary", key="warm-back"):
        _leave()


def _draft(client: Client, card: WarmUpCard) -> Draft | None:
    try:
        return client.draft(card.question_id)
    except NotFound:
        return None


def _box(card: WarmUpCard, kept: Draft | None) -> Box:
    return Box(
        scope=_scope(card),
        text="" if kept is None else kept.answer,
        typed_at=0 if kept is None else kept.typed_at.timestamp() * 1000,
        seconds=0 if kept is None else kept.seconds,
        saved=kept is not None,
        action="Compare the structure",
        placeholder="Five or six sentences will do: one for each step.",
        height=220,
    )


def _scope(card: WarmUpCard) -> str:
    return f"warm-up:{card.question_id}"


def _hand_in(client: Client, card: WarmUpCard, answer: Typed) -> None:
    def go(kind: GraderKind | None) -> None:
        _send(client, card, answer, kind)

    grader = client.about().grader
    if grader.kind is GraderKind.LLM and not grader.consented:
        ask_consent(client, card.question_id, answer.text, grader, go)
    else:
        go(None)


def _send(client: Client, card: WarmUpCard, answer: Typed, kind: GraderKind | None) -> None:
    try:
        grading = client.grade(
            card.question_id,
            answer.text,
            idempotency_key=answer.key,
            seconds=answer.seconds,
            grader=kind,
        )
    except InterviewerError as error:
        st.html(alert("Your answer was not sent", str(error), "Your draft is safe."))
        return
    st.query_params[WRITING] = grading.attempt_id
    st.rerun()


def _compare(client: Client, card: WarmUpCard, verdict: WarmUpVerdict, attempt: Attempt) -> None:
    grading = attempt.gradings[0]
    if not grading.status.is_final:
        st.html(state("Thank you", "Your answer is being read; a moment, please."))
        for _ in client.events(grading.id):
            pass
        st.rerun()
    settle([_scope(card)], attempt.answer)
    taken = moves(grading)
    st.html(div("mi-said", tag("b", compared(verdict.dimensions, taken))))
    left, right = st.columns(2, gap="large")
    left.html(_recognised(card, verdict))
    palette = colours(grading.dimensions)
    marks = marks_of(grading.dimensions, palette, grading.misconceptions, grading.flags)
    right.html(
        div(
            "mi-stack",
            heading(2, "The one you wrote"),
            annotated(attempt.answer, marks),
            chain(verdict.dimensions, taken, "How your answer moves"),
        )
    )
    with st.container(horizontal=True):
        if st.button("Back to the warm-up", type="primary", key="warm-back"):
            _leave()
        if st.button("See the full feedback", key="warm-feedback"):
            open_attempt(attempt.question_id, attempt.id)


def _recognised(card: WarmUpCard, verdict: WarmUpVerdict) -> str:
    right = verdict.chosen == verdict.best
    said = (
        f"You picked it: {LETTERS[verdict.best]}."
        if right
        else f"You picked {LETTERS[verdict.chosen]}; the best structured was "
        f"{LETTERS[verdict.best]}."
    )
    return div(
        "mi-stack",
        heading(2, "The one to recognise"),
        div("mi-quiet", said),
        tag("p", card.options[verdict.best]),
        chain(verdict.dimensions),
    )


def _leave() -> None:
    del st.query_params[WRITING]
    st.rerun()
