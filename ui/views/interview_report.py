"""The report of an interview: the figures, what a panel would say, the transcript with evidence."""

import streamlit as st

from interviewer.client import Client
from interviewer.client.interview_file import interview_as_markdown
from interviewer.domain.grading import Grading
from interviewer.wire import InterviewReport, ReportStep
from ui.markup.html import Html, div, heading, tag
from ui.markup.interview import (
    exchanges,
    follow_up,
    grounds,
    hints,
    step_head,
    to_practise,
    verdict,
)
from ui.markup.notes import flags
from ui.markup.numbers import day
from ui.markup.palette import colours
from ui.markup.score import strip, total_of
from ui.markup.spans import annotated, marks_of


def show_report(client: Client, report: InterviewReport) -> None:
    """Draw the report; while gradings are on, follow them and draw it again."""
    st.html(
        div(
            "mi-head",
            div("mi-facts", tag("span", report.role), tag("span", day(report.created_at))),
            heading(1, "Your interview"),
        )
    )
    st.html(verdict(report))
    if report.pending:
        _follow(client, report)
        st.rerun()
    if report.panel.grounds:
        st.html(div("mi-stack", heading(2, "On which grounds"), grounds(report.panel)))
    if report.to_practise:
        st.html(
            div("mi-stack", heading(2, "Three things to practise"), to_practise(report.to_practise))
        )
    for number, step in enumerate(report.steps, 1):
        _step(number, step)
    _actions(report)


def _follow(client: Client, report: InterviewReport) -> None:
    for step in report.steps:
        for grading in (step.grading, step.follow_up_grading):
            if grading is not None and not grading.status.is_final:
                for _ in client.events(grading.id):
                    pass


def _step(number: int, step: ReportStep) -> None:
    st.html(div("mi-gap"))
    st.html(step_head(number, step))
    if step.grading is not None:
        st.html(strip(total_of(step.grading), step.grading.dimensions))
        if step.grading.flags:
            st.html(flags(step.grading.flags))
    parts: list[Html] = []
    if step.exchanges:
        parts.append(exchanges(step.exchanges))
    if step.hints:
        parts.append(hints(step.hints))
    parts.append(_words(step.answer, step.grading))
    if step.follow_up is not None:
        parts.append(follow_up(step.follow_up))
        parts.append(_words(step.follow_up_answer, step.follow_up_grading))
    st.html(div("mi-stack", *parts))


def _words(answer: str, grading: Grading | None) -> Html:
    if not answer:
        return div("mi-quiet", "No answer.")
    if grading is None:
        return annotated(answer, ())
    palette = colours(grading.dimensions)
    marks = marks_of(grading.dimensions, palette, grading.misconceptions, grading.flags)
    return annotated(answer, marks)


def _actions(report: InterviewReport) -> None:
    st.html(div("mi-gap-s"))
    with st.container(horizontal=True, key="actions"):
        if st.button("Start another interview", type="primary", key="iv-again"):
            st.query_params.clear()
            st.rerun()
        st.download_button(
            "Save as Markdown",
            interview_as_markdown(report),
            file_name=f"interview-{report.id}.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key="iv-markdown",
        )
        st.download_button(
            "Save as JSON",
            report.model_dump_json(indent=2),
            file_name=f"interview-{report.id}.json",
            mime="application/json",
            on_click="ignore",
            key="iv-json",
        )
