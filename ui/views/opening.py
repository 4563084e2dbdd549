"""Ways to the Practise page from every other one."""

from typing import NoReturn

import streamlit as st

from ui import session as sessions

PRACTISE = "screens/practise.py"


def open_question(question_id: str, revises: str | None = None) -> NoReturn:
    """Go to the Practise page with this question in the editor."""
    sessions.keep(sessions.at_question(sessions.current(), question_id, revises))
    params = {"q": question_id, "revises": revises}
    st.switch_page(
        PRACTISE,
        query_params={name: value for name, value in params.items() if value},
    )


def open_attempt(question_id: str, attempt_id: str) -> NoReturn:
    """Go to the Practise page with the feedback on this attempt."""
    sessions.keep(sessions.at_attempt(sessions.current(), question_id, attempt_id))
    st.switch_page(PRACTISE, query_params={"q": question_id, "attempt": attempt_id})
