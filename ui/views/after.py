"""What follows the feedback: the reference answer, and the ways on."""

from dataclasses import replace

import streamlit as st

from interviewer.client import Client
from interviewer.domain.attempt import Attempt
from interviewer.domain.grading import GraderKind, Grading, Status
from interviewer.errors import InterviewerError
from interviewer.wire import QuestionDetail, QuestionSummary
from ui import session as sessions
from ui.editor import settle
from ui.markup.attempts import is_follow_up
from ui.markup.html import div, heading, join
from ui.markup.notes import stronger
from ui.markup.report import as_markdown
from ui.markup.rubric import rubric
from ui.markup.state import alert
from ui.session import Outlined
from ui.views.opening import open_question

RULED = {Status.GRADED, Status.PARTIAL}


def show_outline(client: Client, question: QuestionDetail, grading: Grading) -> None:
    """Draw the reference answer, which an attempt has unlocked, folded.

    Above it stands, on request, what a model makes of the candidate's own answer.
    """
    if question.solution is None:
        return
    with st.expander("A stronger outline", key=f"outline-{question.id}"):
        if grading.grader.kind is GraderKind.LLM and grading.status in RULED:
            _own(client, grading)
        st.html(
            join(
                (
                    heading(3, "The reference answer"),
                    div("mi-prose", question.solution.reference_answer, dir="auto"),
                )
            )
        )


def show_rubric(question: QuestionDetail) -> None:
    """Draw the whole rubric, which an attempt has unlocked, folded."""
    if question.solution is None:
        return
    with st.expander("The rubric of this question", key=f"rubric-{question.id}"):
        st.html(rubric(question.solution))


def show_reference(question: QuestionDetail) -> None:
    """Draw the reference answer on its own, folded: what study mode opens."""
    if question.solution is None:
        return
    with st.expander("The reference answer", key=f"reference-{question.id}"):
        st.html(div("mi-prose", question.solution.reference_answer, dir="auto"))


def _own(client: Client, grading: Grading) -> None:
    """Draw the outline of the candidate's own answer, or the way to ask for it."""
    session = sessions.current()
    if session.outlined is not None and session.outlined.grading_id == grading.id:
        st.html(join((heading(3, "Your answer, stronger"), stronger(session.outlined.outline))))
        return
    chosen = client.about().grader
    if chosen.kind is not GraderKind.LLM or not chosen.consented:
        return
    if not st.button(f"Write one from my answer with {chosen.model}", key="write-outline"):
        return
    try:
        with st.spinner("Writing an outline"):
            outline = client.outline(grading.id)
    except InterviewerError as error:
        st.html(alert("There is no outline", str(error)))
        return
    sessions.keep(replace(session, outlined=Outlined(grading.id, outline)))
    st.rerun()


def show_actions(
    client: Client, question: QuestionDetail, attempt: Attempt, grading: Grading
) -> None:
    """Draw the ways on: revise, next question, save, grade again."""
    st.html(div("mi-gap-s"))
    settle((question.id, f"{question.id}:{attempt.revises}"), attempt.answer)
    bank = client.questions()
    with st.container(horizontal=True, key="actions"):
        _onwards(question, attempt, bank)
        st.download_button(
            "Save feedback",
            as_markdown(question, attempt, grading),
            file_name=f"{question.id}-feedback.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key="save-feedback",
        )
        with st.popover("Grade again", type="tertiary", key="regrade"):
            _regrade(client, grading)


def _onwards(question: QuestionDetail, attempt: Attempt, bank: tuple[QuestionSummary, ...]) -> None:
    """Draw the way to answer again; what is not in the bank leads to the question it came from."""
    ids = [each.id for each in bank]
    parent = next((each for each in ids if is_follow_up(question.id, each)), None)
    if question.id in ids:
        if st.button("Revise", type="primary", icon=":material/edit:", key="revise"):
            open_question(question.id, revises=attempt.id)
    elif parent is not None and st.button(
        "Practise the whole question", type="primary", icon=":material/edit:", key="parent"
    ):
        open_question(parent)
    if ids and st.button("Next question", icon=":material/arrow_forward:", key="next"):
        open_question(_next(bank, question))


def _regrade(client: Client, grading: Grading) -> None:
    st.html(div("mi-chip", "Grades the same words once more. Both gradings are kept."))
    chosen = client.about().grader
    if (
        chosen.kind is GraderKind.LLM
        and chosen.consented
        and st.button(f"With {chosen.model}", key="regrade-llm")
    ):
        client.regrade(grading.id, grader=GraderKind.LLM)
        st.rerun()
    if st.button("With the offline grader", key="regrade-offline"):
        client.regrade(grading.id, grader=GraderKind.OFFLINE)
        st.rerun()


def _next(bank: tuple[QuestionSummary, ...], question: QuestionDetail) -> str:
    """Return an untried question, of the same topic if there is one; else the bank's next."""
    untried = [each for each in bank if not each.attempts and each.id != question.id]
    same = [each for each in untried if each.topic == question.topic]
    ids = [each.id for each in bank]
    following = ids[(ids.index(question.id) + 1) % len(ids)] if question.id in ids else ids[0]
    return next((each.id for each in (*same, *untried)), following)
