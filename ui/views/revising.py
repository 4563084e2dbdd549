"""The last notes, beside the box in which the answer is revised."""

import streamlit as st

from interviewer.domain.appeal import standing
from interviewer.domain.attempt import Attempt
from interviewer.wire import QuestionDetail
from ui.markup.html import Html, div, heading
from ui.markup.notes import asserted, missing, missing_of, wrong
from ui.markup.numbers import percent
from ui.markup.palette import colours
from ui.views.opening import open_attempt


def show_last_notes(question: QuestionDetail, revised: Attempt) -> None:
    """Draw what the last grading found missing and wrong, and the way back to all of it."""
    latest = standing(revised.gradings)
    rows = missing_of(latest.dimensions, colours(latest.dimensions))
    false = asserted(latest.misconceptions)
    parts: list[Html] = []
    if latest.score is not None:
        parts.append(div("mi-quiet", f"Your last answer scored {percent(latest.score.percent)}."))
    if false:
        parts += [heading(2, "What was not right"), wrong(false)]
    if rows:
        parts += [heading(2, "What was missing last time"), missing(rows)]
    if not rows and not false:
        parts.append(div("mi-quiet", "Nothing was missing last time."))
    st.html(div("mi-stack", *parts))
    if st.button("Back to that feedback", type="tertiary", key="last-feedback"):
        open_attempt(question.id, revised.id)
