"""An appeal: the candidate marks words of the answer, and one criterion is ruled on again."""

from collections.abc import Iterator

import streamlit as st

from interviewer.client import Client
from interviewer.domain.attempt import Attempt
from interviewer.domain.grading import CriterionGrading, GraderKind, Grading
from interviewer.errors import InterviewerError
from ui.marking import claimed, show_picker
from ui.markup.html import div, join, tag
from ui.markup.state import alert


def show_appeal(client: Client, attempt: Attempt, grading: Grading) -> None:
    """Listen to the "I said this" buttons, and open the dialog for the one that was pressed."""
    wanted = claimed()
    criterion = next((each for each in _criteria(grading) if each.id == wanted), None)
    if criterion is not None:
        _dialog(client, attempt, grading, criterion)


def _criteria(grading: Grading) -> Iterator[CriterionGrading]:
    for dimension in grading.dimensions:
        yield from dimension.criteria


@st.dialog("I said this", width="large")
def _dialog(
    client: Client, attempt: Attempt, grading: Grading, criterion: CriterionGrading
) -> None:
    who = (
        "The offline grader" if grading.grader.kind is GraderKind.OFFLINE else grading.grader.model
    )
    st.html(
        join(
            (
                tag("p", tag("b", criterion.statement)),
                div(
                    "mi-quiet",
                    f"{who} looks at this one criterion again, at the words that you mark. "
                    "Both rulings are kept.",
                ),
            )
        )
    )
    marked = show_picker(attempt.answer, f"picker-{grading.id}-{criterion.id}")
    if marked is None:
        return
    try:
        client.appeal(grading.id, criterion.id, start=marked.start, end=marked.end)
    except InterviewerError as error:
        st.html(alert("There is no new ruling", str(error), "The first one stands."))
        return
    st.rerun()
