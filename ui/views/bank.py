"""The Question bank: find a question and start it; every filter is in the address."""

from dataclasses import dataclass

import streamlit as st

from interviewer.client import Client
from interviewer.domain.question import Difficulty, Kind
from interviewer.wire import QuestionSummary
from ui import session as sessions
from ui.markup.card import card, practised
from ui.markup.html import div, heading
from ui.markup.numbers import plural
from ui.markup.question import DIFFICULTIES, KINDS
from ui.markup.state import state
from ui.views.loading import loading
from ui.views.opening import open_question
from ui.views.topics import topic_titles

PAGE = 60
"""Cards shown at once; more are reached by page numbers."""

CHOICES = ("difficulty", "kind", "practised", "topic")


@dataclass(frozen=True)
class Filters:
    """What the candidate is looking for; None leaves a filter open."""

    words: str | None
    difficulty: Difficulty | None
    kind: Kind | None
    practised: bool | None
    topic: str | None


def show_bank(client: Client) -> None:
    """Draw the filters and the questions that fit them."""
    topics = topic_titles(client)
    st.html(heading(1, "Question bank"))
    filters = _filters(topics)
    with loading("the questions"):
        found = client.questions(
            q=filters.words,
            difficulty=filters.difficulty,
            kind=filters.kind,
            practised=filters.practised,
            topic=filters.topic,
        )
    if not found:
        _nothing()
        return
    st.html(div("mi-count", plural(len(found), "question"), role="status"))
    _cards(_page(found), topics)


def _filters(topics: dict[str, str]) -> Filters:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        words = st.text_input(
            "Search",
            type="search",
            live=True,
            placeholder="Search questions",
            icon=":material/search:",
            key="search",
            bind="query-params",
            width=300,
        )
        difficulty = st.segmented_control(
            "Difficulty",
            list(DIFFICULTIES),
            format_func=DIFFICULTIES.__getitem__,
            key="difficulty",
            bind="query-params",
        )
        kind = st.segmented_control(
            "Kind",
            list(KINDS),
            format_func=KINDS.__getitem__,
            key="kind",
            bind="query-params",
            wrap=True,
        )
        practice = st.segmented_control(
            "Practised", ["New", "Tried"], key="practised", bind="query-params"
        )
    topic = st.pills(
        "Topic", list(topics), format_func=topics.__getitem__, key="topic", bind="query-params"
    )
    return Filters(
        words or None, difficulty, kind, None if practice is None else practice == "Tried", topic
    )


def _nothing() -> None:
    st.html(state("No question fits these filters", "Widen the search, or start from all of them."))
    st.button(
        "Clear filters",
        type="primary",
        key="clear-filters",
        on_click=sessions.clear_widgets,
        args=(("search",), CHOICES),
    )


def _page(found: tuple[QuestionSummary, ...]) -> tuple[QuestionSummary, ...]:
    pages = -(-len(found) // PAGE)
    number = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    return found[(number - 1) * PAGE : number * PAGE]


def _cards(questions: tuple[QuestionSummary, ...], topics: dict[str, str]) -> None:
    grid = st.grid(columns="auto", min_column_width=270, gap="medium")
    for question in questions:
        with grid.container(border=True, height="stretch"):
            st.html(card(question, topics))
            st.space("stretch")
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                st.html(div("mi-quiet", practised(question)), width="content")
                if st.button(
                    "Try again" if question.attempts else "Practise",
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    icon_position="right",
                    key=f"open-{question.id}",
                ):
                    open_question(question.id)
