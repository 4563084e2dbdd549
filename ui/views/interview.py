"""The Interview page: set it up, sit it, read its report; the address says which one."""

import streamlit as st

from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.errors import InputError
from interviewer.wire import GraderState, InterviewRequest, InterviewSummary
from ui.markup.html import div, heading, tag
from ui.markup.numbers import day
from ui.markup.question import DIFFICULTIES
from ui.markup.state import alert
from ui.views.grader_chip import show_grader_chip
from ui.views.interview_report import show_report
from ui.views.interview_room import show_room
from ui.views.sending import whole_interview
from ui.views.topics import topic_titles

QUESTIONS = (1, 2, 3, 4, 5)
MINUTES_EACH = 15
SHORTEST, LONGEST = 5, 180


def show_interview(client: Client) -> None:
    """Draw the set-up, the room, or the report."""
    interview_id = st.query_params.get("id")
    if interview_id is None:
        _set_up(client)
        return
    room = client.interviews.room(interview_id)
    if room.over:
        show_report(client, client.interviews.report(interview_id))
    else:
        show_room(client, room)


def _set_up(client: Client) -> None:
    line, chip = st.columns([5, 1.35], vertical_alignment="center")
    line.html(heading(1, "Interview"))
    with chip.container(horizontal=True, horizontal_alignment="right"):
        grader = show_grader_chip(client)
    st.html(
        tag(
            "p",
            "Questions in a row against one clock. You may ask back and take hints; after each "
            "answer comes one follow-up. There is no score until the end.",
            class_="mi-lead",
        )
    )
    topics = topic_titles(client)
    role = st.text_input(
        "Role", value="ML infrastructure engineer", max_chars=80, key="iv-role", width=420
    )
    with st.container(horizontal=True, gap="large"):
        questions = st.segmented_control(
            "Questions", list(QUESTIONS), default=3, required=True, key="iv-questions"
        )
        minutes = st.number_input(
            "Minutes",
            SHORTEST,
            LONGEST,
            MINUTES_EACH * (questions or 3),
            step=5,
            # A key of its own for each number of questions: the usual time follows the choice.
            key=f"iv-minutes-{questions}",
            width=160,
        )
    difficulty = st.segmented_control(
        "Difficulty", list(DIFFICULTIES), format_func=DIFFICULTIES.__getitem__, key="iv-difficulty"
    )
    chosen = st.pills(
        "Topics",
        list(topics),
        format_func=topics.__getitem__,
        selection_mode="multi",
        key="iv-topics",
    )
    follow_ups = st.toggle("Follow-up questions", value=True, key="iv-follow-ups")
    wanted = InterviewRequest(
        role=role.strip() or "Engineer",
        topics=tuple(chosen),
        difficulty=difficulty,
        questions=questions or 3,
        minutes=minutes,
        follow_ups=follow_ups,
    )
    if st.button(
        "Start the interview", type="primary", icon=":material/play_arrow:", key="iv-start"
    ):
        if grader.kind is GraderKind.LLM and not grader.consented:
            _agree(client, wanted, grader)
        else:
            _start(client, wanted)
    _earlier(client.interviews.newest(limit=5))


@st.dialog("Send your answers to a model?")
def _agree(client: Client, wanted: InterviewRequest, grader: GraderState) -> None:
    """Ask once before an interview, for inside it the clock runs."""
    st.html(whole_interview(grader))
    if st.button("Agree and start", type="primary", key="iv-consent", width="stretch"):
        client.consent(grader.server or "", grader.model)
        _start(client, wanted)
    if st.button("Be graded offline instead", key="iv-offline", width="stretch"):
        _start(client, wanted.model_copy(update={"grader": GraderKind.OFFLINE}))


def _start(client: Client, wanted: InterviewRequest) -> None:
    try:
        room = client.interviews.start(wanted)
    except InputError as error:
        st.html(alert("No interview was started", str(error), ""))
        return
    st.query_params.from_dict({"id": room.id})
    st.rerun()


def _earlier(rows: tuple[InterviewSummary, ...]) -> None:
    if not rows:
        return
    st.html(div("mi-gap-s"))
    st.html(heading(2, "Earlier interviews"))
    for each in rows:
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"iv-{each.id}"
        ):
            facts = f"{day(each.created_at)} · {each.answered} of {each.questions} answered"
            st.html(div("mi-warm-row", tag("b", each.role), div("mi-quiet", facts)))
            label = "Open the report" if each.over else "Back to the room"
            if st.button(label, type="tertiary", key=f"iv-open-{each.id}"):
                st.query_params.from_dict({"id": each.id})
                st.rerun()
