"""The Interview page: set it up, sit it, read its report; the address says which one."""

import streamlit as st

from interviewer.client import Client
from interviewer.domain.question import Difficulty
from interviewer.wire import InterviewRequest, InterviewSummary
from ui.markup.html import div, heading, tag
from ui.markup.numbers import day
from ui.markup.question import DIFFICULTIES
from ui.views.grader_chip import show_grader_chip
from ui.views.interview_report import show_report
from ui.views.interview_room import show_room
from ui.views.topics import topic_titles

LENGTHS = {1: "1 question, 15 min", 2: "2, 30 min", 3: "3, 45 min", 5: "5, 75 min"}
MINUTES_EACH = 15


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
        show_grader_chip(client)
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
    length = st.segmented_control(
        "Length",
        list(LENGTHS),
        format_func=LENGTHS.__getitem__,
        default=3,
        required=True,
        key="iv-length",
        wrap=True,
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
    if st.button(
        "Start the interview", type="primary", icon=":material/play_arrow:", key="iv-start"
    ):
        _start(client, role or "Engineer", length or 3, difficulty, tuple(chosen), follow_ups)
    _earlier(client.interviews.newest(limit=5))


def _start(
    client: Client,
    role: str,
    questions: int,
    difficulty: Difficulty | None,
    topics: tuple[str, ...],
    follow_ups: bool,
) -> None:
    room = client.interviews.start(
        InterviewRequest(
            role=role,
            topics=topics,
            difficulty=difficulty,
            questions=questions,
            minutes=MINUTES_EACH * questions,
            follow_ups=follow_ups,
        )
    )
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
