"""All answers, newest first; each opens with its feedback."""

from collections.abc import Mapping

import streamlit as st

from interviewer.client import Client
from interviewer.domain.attempt import Attempt
from ui.markup.attempts import attempt_row, title_of
from ui.markup.html import heading
from ui.views.opening import open_attempt

ROWS = 20
"""Answers fetched at once; older ones follow on request."""


def show_answers(client: Client, titles: Mapping[str, str]) -> None:
    """Draw one page of the history."""
    cursor = st.query_params.get("older")
    page = client.attempts(limit=ROWS, cursor=cursor)
    st.html(heading(2, "Older answers" if cursor else "All answers"))
    with st.container(gap="xsmall"):
        for attempt in page.items:
            _row(attempt, title_of(attempt.question_id, titles))
    with st.container(horizontal=True):
        if cursor and st.button("Newest answers", key="newest"):
            del st.query_params["older"]
            st.rerun()
        if page.next is not None and st.button("Older answers", key="older"):
            st.query_params["older"] = page.next
            st.rerun()


def _row(attempt: Attempt, title: str) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"row-{attempt.id}"
    ):
        st.html(attempt_row(attempt, title))
        if st.button("Open", type="tertiary", key=f"open-{attempt.id}"):
            open_attempt(attempt.question_id, attempt.id)
