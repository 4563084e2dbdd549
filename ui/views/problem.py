"""What is shown when a page cannot be drawn: one sentence, and what to do."""

import streamlit as st

from interviewer.errors import InterviewerError, NotAllowed, NotFound, Unavailable
from ui.markup.state import alert

TITLES: tuple[tuple[type[InterviewerError], str], ...] = (
    (Unavailable, "The service cannot be reached"),
    (NotFound, "There is nothing here"),
    (NotAllowed, "This needs a key"),
)
SAFE = "What you have typed is kept in this browser."


def show_problem(error: InterviewerError) -> None:
    """Say what went wrong in place of the page, with a way on."""
    title = next((words for kind, words in TITLES if isinstance(error, kind)), "That did not work")
    st.html(alert(title, str(error), SAFE if isinstance(error, Unavailable) else ""))
    if st.button("Try again", icon=":material/refresh:", key="problem-retry", type="primary"):
        st.rerun()
