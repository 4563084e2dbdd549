"""Study mode: an explicit switch that opens the reference answer before an attempt."""

import streamlit as st

from interviewer.client import Client
from interviewer.wire import QuestionDetail
from ui.markup.html import div
from ui.markup.question import STUDY
from ui.views.after import show_reference, show_rubric

OFF = (
    "Opens the reference answer and the rubric before you answer. Your answers to this question "
    "are marked with it from then on."
)
ON = (
    "The reference answer is open, and your answers to this question are marked with it. It stays "
    "on: what was read cannot be unread."
)


def show_study(client: Client, question: QuestionDetail) -> None:
    """Draw the switch and, once it is on, what it opens."""
    wanted = st.toggle(
        STUDY,
        value=question.study_mode,
        disabled=question.study_mode,
        key=f"study-{question.id}-{question.study_mode}",
    )
    st.html(div("mi-quiet", ON if question.study_mode else OFF))
    if wanted and not question.study_mode:
        client.study(question.id)
        st.rerun()
    if question.study_mode:
        show_reference(question)
        show_rubric(question)
