"""Progress in its first form: every answer, each opening with its feedback."""

import streamlit as st

from interviewer.client import Client
from interviewer.domain.attempt import Attempt
from interviewer.wire import AttemptPage
from ui.markup.attempts import attempt_row
from ui.markup.html import div, heading
from ui.markup.state import state
from ui.views.opening import open_attempt, open_question

ROWS = 50
"""Answers fetched at once; older ones follow on request."""


def show_progress(client: Client) -> None:
    """Draw all attempts, newest first."""
    st.html(heading(1, "Your progress"))
    page = client.attempts(limit=ROWS, cursor=st.query_params.get("cursor"))
    if not page.items:
        _nothing(client)
        return
    titles = {each.id: each.title for each in client.questions()}
    st.html(heading(2, "All answers"))
    for attempt in page.items:
        _row(attempt, titles.get(attempt.question_id, attempt.question_id))
    _older(page)


def _row(attempt: Attempt, title: str) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"row-{attempt.id}"
    ):
        st.html(attempt_row(attempt, title))
        if st.button("Open", type="tertiary", key=f"open-{attempt.id}", help=f"Open {title}"):
            open_attempt(attempt.question_id, attempt.id)


def _older(page: AttemptPage) -> None:
    if page.next is not None and st.button("Older answers", key="older"):
        st.query_params["cursor"] = page.next
        st.rerun()
    if st.query_params.get("cursor"):
        st.html(div("mi-quiet", "These are older answers."))


def _nothing(client: Client) -> None:
    st.html(
        state(
            "Nothing to show yet",
            "Answer one question and its feedback will be kept here. "
            "After three answers you will see which points you keep losing.",
        )
    )
    questions = client.questions()
    if questions and st.button("Start with a question", type="primary", key="start"):
        open_question(questions[0].id)
