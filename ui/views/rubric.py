"""Write a question: check a question file, and try it on an answer, before it joins a pack."""

from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from interviewer.client import Client
from interviewer.domain.grading import Grading
from interviewer.errors import InterviewerError
from ui import session as sessions
from ui.editor import Box, show_editor
from ui.markup.findings import findings
from ui.markup.html import div, heading, join, tag
from ui.markup.notes import asserted, provenance, reasons, wrong
from ui.markup.palette import colours
from ui.markup.score import strip, total_of
from ui.markup.spans import annotated, marks_of
from ui.markup.state import alert, state
from ui.session import Authored, Session

MOST_CHARACTERS = 200_000
"""As the service has it; told here before anything is sent."""

PASTED = "question-file"


def show_author(client: Client, session: Session) -> None:
    """Draw the file, what was found in it, and the answer that it is tried on."""
    st.html(
        div(
            "mi-head",
            heading(1, "Write a question"),
            tag(
                "p",
                "Paste a question file, or choose one. You see what ",
                tag("code", "interviewer check"),
                " says of it, line by line, and how the offline grader reads an answer by it. "
                "Nothing of it is stored.",
                class_="mi-lead",
            ),
        )
    )
    write, found = st.columns([3, 2], gap="large")
    with write:
        _file(client, session)
    with found:
        _found(client, session)
    if session.authored is not None:
        _trial(client, session.authored)


def _file(client: Client, session: Session) -> None:
    upload = st.file_uploader(
        "Choose a question file",
        type=["yaml", "yml"],
        max_upload_size=1,
        key="question-file",
    )
    source, text = _source(upload, session)
    _, sent = show_editor(
        Box(
            scope=source,
            text=text,
            kind="file",
            label="Question file",
            placeholder="id: my-question",
            action="Check it",
            height=420,
            receipt="" if session.authored is None else str(hash(session.authored.text)),
            max_characters=MOST_CHARACTERS,
        )
    )
    if sent is not None:
        _check(client, source, sent.text)
    elif upload and text and (session.authored is None or session.authored.source != source):
        _check(client, source, text)


def _source(upload: UploadedFile | None, session: Session) -> tuple[str, str]:
    """Return which draft the box holds, and the text that it starts with."""
    if upload is not None:
        return f"{PASTED}:{upload.file_id}", _text_of(upload)
    if session.example is not None:
        return f"{PASTED}:example", session.example
    return PASTED, ""


def _text_of(upload: UploadedFile) -> str:
    """Return the text of a file; none, with the reason on the page, when it cannot be used."""
    try:
        text = upload.getvalue().decode("utf-8")
    except UnicodeDecodeError:
        st.html(alert("The file is not text", f"Save {upload.name!r} as UTF-8."))
        return ""
    if len(text) > MOST_CHARACTERS:
        limit = f"A question file may have {MOST_CHARACTERS:,} characters; it has {len(text):,}."
        st.html(alert("The file is too long", limit))
        return ""
    return text


def _check(client: Client, source: str, text: str) -> None:
    try:
        with st.spinner("Checking"):
            report = client.rubrics.check(text)
    except InterviewerError as error:
        st.html(alert("The file was not checked", str(error), "Its text is kept in this browser."))
        return
    sessions.keep(replace(sessions.current(), authored=Authored(source, text, report)))
    st.rerun()


def _found(client: Client, session: Session) -> None:
    if session.authored is not None:
        st.html(findings(session.authored.report.faults, session.authored.text))
        return
    st.html(
        state(
            "Nothing checked yet",
            "Findings come with their lines, all at once. Without a file of your own, start from "
            "a complete small question and rewrite it.",
        )
    )
    if session.example is None and st.button("Start from an example", key="question-example"):
        sessions.keep(replace(session, example=client.rubrics.scaffold()))
        st.rerun()


def _trial(client: Client, authored: Authored) -> None:
    st.html(div("mi-gap"))
    st.html(heading(2, "Try it on an answer"))
    _, sent = show_editor(
        Box(
            scope="question-file-trial",
            text=authored.answer,
            label="An answer to this question",
            placeholder="Write one that should earn something, and one that should not.",
            action="Try it",
            height=180,
            receipt=str(hash((authored.answer, authored.trouble))),
        )
    )
    if sent is not None:
        _try(client, authored, sent.text)
    if authored.trouble is not None:
        st.html(alert("The answer was not tried", authored.trouble))
    elif authored.trial is not None:
        _result(authored.answer, authored.trial)


def _try(client: Client, authored: Authored, answer: str) -> None:
    try:
        with st.spinner("Trying"):
            trial = client.rubrics.try_on(authored.text, answer)
    except InterviewerError as error:
        tried = replace(authored, answer=answer, trial=None, trouble=str(error))
    else:
        tried = replace(authored, answer=answer, trial=trial, trouble=None)
    sessions.keep(replace(sessions.current(), authored=tried))
    st.rerun()


def _result(answer: str, grading: Grading) -> None:
    st.html(strip(total_of(grading), grading.dimensions))
    if grading.reason:
        st.html(state("No score", grading.reason, tone="warn"))
    palette = colours(grading.dimensions)
    left, right = st.columns([2, 1], gap="large")
    marks = marks_of(grading.dimensions, palette, grading.misconceptions, grading.flags)
    parts = [heading(2, "The answer, with the evidence"), annotated(answer, marks)]
    false = asserted(grading.misconceptions)
    if false:
        parts += [heading(2, "What was not right"), wrong(false)]
    left.html(div("mi-stack", *parts))
    why = reasons(grading.dimensions, palette, grading.grader.kind)
    right.html(join((heading(2, "Why this score"), why, provenance(grading))))
