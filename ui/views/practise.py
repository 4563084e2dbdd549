"""The Practise page: one question, the answer box, and, once sent, its feedback."""

from dataclasses import replace

import streamlit as st

from interviewer.client import Client
from interviewer.domain.attempt import Attempt
from interviewer.domain.grading import GraderKind
from interviewer.errors import NotFound
from interviewer.wire import Draft, GraderState, QuestionDetail
from ui import session as sessions
from ui.editor import Box, Typed, show_editor
from ui.markup.html import div
from ui.markup.question import STUDY, asked, facts, graded_on
from ui.markup.state import alert, state
from ui.session import Pending, Session
from ui.views.feedback import show_feedback
from ui.views.grader_chip import show_grader_chip
from ui.views.revising import show_last_notes
from ui.views.sending import show_consent
from ui.views.study import show_study
from ui.views.submission import send
from ui.views.topics import topic_titles


def show_practise(client: Client, session: Session) -> None:
    """Draw the question, or the feedback on the attempt, that the address or the session names."""
    session = _located(client, session)
    if session.question_id is None:
        st.html(state("No questions yet", "The bank is empty: add a pack of questions."))
        return
    if session.attempt_id is not None:
        _answered(client, session.attempt_id)
        return
    question = client.question(session.question_id)
    grader = _head(client, question)
    if session.pending is not None:
        show_consent(client, session, session.pending, grader)
    _ask(client, session, question)


def _answered(client: Client, attempt_id: str) -> None:
    """Draw an attempt with its question as it was asked, which need not be in the bank."""
    attempt = client.attempt(attempt_id)
    question = client.asked(attempt_id)
    _head(client, question, *([STUDY] if attempt.study_mode else []))
    show_feedback(client, question, attempt)


def _head(client: Client, question: QuestionDetail, *badges: str) -> GraderState:
    """Draw the line of facts with the grader's chip, and the question."""
    line, chip = st.columns([5, 1.35], vertical_alignment="center")
    line.html(facts(question, topic_titles(client), *badges))
    with chip.container(horizontal=True, horizontal_alignment="right"):
        grader = show_grader_chip(client)
    st.html(asked(question))
    return grader


def _located(client: Client, session: Session) -> Session:
    """Return the session that the address asks for; without one, where the candidate was."""
    attempt_id = st.query_params.get("attempt")
    question_id = st.query_params.get("q")
    revises = st.query_params.get("revises")
    if attempt_id and attempt_id != session.attempt_id:
        session = sessions.at_attempt(session, client.attempt(attempt_id).question_id, attempt_id)
    elif not attempt_id and question_id and _elsewhere(session, question_id, revises):
        session = sessions.at_question(session, question_id, revises)
    elif session.question_id is None:
        session = replace(session, question_id=_first(client))
    sessions.keep(session)
    _write_address(session)
    return session


def _elsewhere(session: Session, question_id: str, revises: str | None) -> bool:
    here = (session.question_id, session.revises, session.attempt_id)
    return here != (question_id, revises, None)


def _write_address(session: Session) -> None:
    wanted = {"q": session.question_id, "attempt": session.attempt_id, "revises": session.revises}
    params = {name: value for name, value in wanted.items() if value}
    if dict(st.query_params) != params:
        st.query_params.from_dict(params)


def _first(client: Client) -> str | None:
    """Return the first question that has not been tried, else the first of the bank."""
    questions = client.questions()
    untried = [each.id for each in questions if not each.attempts]
    return next(iter(untried), questions[0].id if questions else None)


def _ask(client: Client, session: Session, question: QuestionDetail) -> None:
    if session.trouble:
        st.html(alert("Your answer was not sent", session.trouble, "Your draft is safe."))
    revised = client.attempt(session.revises) if session.revises else None
    st.html(div("mi-gap-s"))
    write, side = st.columns([2, 1], gap="large")
    with write:
        _write(client, question, revised)
    with side:
        if revised is None:
            st.html(graded_on(question.dimensions))
            _hints(question)
            show_study(client, question)
        else:
            show_last_notes(question, revised)


def _hints(question: QuestionDetail) -> None:
    for number, hint in enumerate(question.hints, start=1):
        label = "A hint" if number == 1 else f"Hint {number}"
        with st.expander(label, key=f"hint-{question.id}-{number}"):
            st.html(div("mi-hint", hint.text))


@st.fragment
def _write(client: Client, question: QuestionDetail, revised: Attempt | None) -> None:
    """Draw the box; a draft reruns this fragment alone, so the page stands still."""
    limit = client.about().max_answer_tokens
    kept = _kept_draft(client, question, revised)
    draft, submitted = show_editor(_box(question, revised, kept, limit))
    if submitted is not None and submitted.text.strip():
        _submit(client, question, submitted)
    elif draft is not None and (kept is None or draft.moment > kept.typed_at):
        client.save_draft(question.id, draft.text, typed_at=draft.moment, seconds=draft.seconds)
        st.rerun(scope="fragment")


def _kept_draft(client: Client, question: QuestionDetail, revised: Attempt | None) -> Draft | None:
    try:
        draft = client.draft(question.id)
    except NotFound:
        return None
    return None if revised is not None and draft.typed_at < revised.created_at else draft


def _box(question: QuestionDetail, revised: Attempt | None, kept: Draft | None, limit: int) -> Box:
    box = Box(
        scope=question.id if revised is None else f"{question.id}:{revised.id}",
        minutes=question.minutes,
        max_tokens=limit,
    )
    if kept is not None:
        milliseconds = kept.typed_at.timestamp() * 1000
        return replace(
            box, text=kept.answer, typed_at=milliseconds, seconds=kept.seconds, saved=True
        )
    if revised is not None:
        milliseconds = revised.created_at.timestamp() * 1000
        return replace(box, text=revised.answer, typed_at=milliseconds)
    return box


def _submit(client: Client, question: QuestionDetail, answer: Typed) -> None:
    """Send the answer, or first ask for consent where it would leave the machine."""
    session = sessions.current()
    grader = client.about().grader
    if grader.kind is GraderKind.LLM and not grader.consented:
        pending = Pending(question.id, answer, session.revises)
        sessions.keep(replace(session, pending=pending))
        st.rerun()
    send(client, session, Pending(question.id, answer, session.revises), None)
