"""The room: the question, the answer box with the interview's clock, the interviewer beside it."""

import streamlit as st

from interviewer.client import Client
from interviewer.domain.interview import StepState
from interviewer.errors import NotFound
from interviewer.wire import InterviewRoom, RoomStep
from ui.editor import Box, Typed, show_editor
from ui.markup.html import div, heading, join, tag
from ui.markup.interview import dots, exchanges, follow_up, hints
from ui.markup.state import state


def show_room(client: Client, room: InterviewRoom) -> None:
    """Draw the step that is on; while an answer is read, wait for it without showing a score."""
    step = room.steps[room.place]
    line, leave = st.columns([5, 1.35], vertical_alignment="center")
    line.html(dots(room.steps, room.place))
    with leave.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Finish early", type="tertiary", key="iv-finish"):
            _confirm(client, room.id)
    st.html(join((heading(1, step.title, "mi-question"), div("mi-brief", step.prompt))))
    if step.state is StepState.READING:
        _wait(client, step)
        return
    write, side = st.columns([2, 1], gap="large")
    with write:
        if step.follow_up is not None:
            st.html(follow_up(step.follow_up, step.follow_up_note))
        _write(client, room, step)
    if step.state is StepState.QUESTION:
        with side:
            _interviewer(client, room.id, step)


@st.dialog("Finish the interview now?")
def _confirm(client: Client, interview_id: str) -> None:
    st.html(
        tag("p", "What stands in the box is handed in. Questions without an answer count as 0.")
    )
    if st.button("Finish and see the report", type="primary", key="iv-finish-yes"):
        client.interviews.finish(interview_id)
        st.rerun()


def _wait(client: Client, step: RoomStep) -> None:
    st.html(state("Thank you", "Your answer is being read; a moment, please."))
    if step.grading_id is not None:
        for _ in client.events(step.grading_id):
            pass
    st.rerun()


@st.fragment
def _write(client: Client, room: InterviewRoom, step: RoomStep) -> None:
    following = step.state is StepState.FOLLOW_UP
    box = _box(client, room, step, following)
    draft, submitted = show_editor(box)
    if submitted is not None:
        _hand_in(client, room, submitted)
    elif draft is not None and draft.typed_at > box.typed_at:
        client.save_draft(step.draft_id, draft.text, typed_at=draft.moment, seconds=draft.seconds)
        st.rerun(scope="fragment")


def _box(client: Client, room: InterviewRoom, step: RoomStep, following: bool) -> Box:
    kind = "follow-up" if following else "answer"
    text, typed_at, seconds = "", 0.0, 0.0
    try:
        kept = client.draft(step.draft_id)
    except NotFound:
        kept = None
    # A draft from before the interview belongs to practice, not to this answer.
    if kept is not None and kept.typed_at > room.created_at:
        text, typed_at = kept.answer, kept.typed_at.timestamp() * 1000
        seconds = kept.seconds
    return Box(
        scope=f"interview:{room.id}:{room.place}:{kind}",
        text=text,
        typed_at=typed_at,
        seconds=seconds,
        deadline=room.deadline.timestamp() * 1000,
        label="Your reply to the follow-up" if following else "Your answer",
        action="Hand in the reply" if following else "Hand in the answer",
        placeholder="One point is enough." if following else Box.placeholder,
        height=180 if following else 320,
        saved=bool(text),
    )


def _hand_in(client: Client, room: InterviewRoom, answer: Typed) -> None:
    """Hand in what was typed; at zero an empty box only ends the interview."""
    if answer.text.strip():
        client.interviews.answer(room.id, room.place, answer.text, seconds=answer.seconds)
    else:
        client.interviews.finish(room.id)
    st.rerun()


def _interviewer(client: Client, interview_id: str, step: RoomStep) -> None:
    st.html(div("mi-side-title", "Ask the interviewer"))
    if step.exchanges:
        st.html(exchanges(step.exchanges))
    with st.form(f"ask-{step.question_id}", clear_on_submit=True, border=False):
        asked = st.text_input(
            "Your question",
            placeholder="What would you want to know?",
            max_chars=500,
            key=f"asked-{step.question_id}",
        )
        if st.form_submit_button("Ask", key=f"ask-send-{step.question_id}") and asked:
            client.interviews.clarify(interview_id, asked)
            st.rerun()
    if step.hints:
        st.html(div("mi-side-title", "Hints taken"))
        st.html(hints(step.hints))
    if step.next_hint_cost is not None and st.button(
        f"Take a hint (−{step.next_hint_cost:g} points)", key="iv-hint", icon=":material/lightbulb:"
    ):
        client.interviews.hint(interview_id)
        st.rerun()
