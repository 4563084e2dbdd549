"""Sends an answer once, whatever the page does meanwhile."""

from dataclasses import replace

import streamlit as st

from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.errors import InterviewerError
from ui import session as sessions
from ui.session import Pending, Session


def send(client: Client, session: Session, pending: Pending, grader: GraderKind | None) -> None:
    """Store the attempt and open its feedback; on trouble say so and keep the box as it is."""
    answer = pending.answer
    try:
        grading = client.grade(
            pending.question_id,
            answer.text,
            idempotency_key=answer.key,
            seconds=answer.seconds,
            revises=pending.revises,
            grader=grader,
        )
    except InterviewerError as error:
        sessions.keep(replace(session, pending=None, trouble=str(error)))
    else:
        sessions.keep(sessions.at_attempt(session, pending.question_id, grading.attempt_id))
        st.query_params.from_dict({"q": pending.question_id, "attempt": grading.attempt_id})
    st.rerun()
