"""The Warm-up page: three tips, then five times four short answers; the best structure wins."""

import secrets

import streamlit as st

from interviewer.client import Client
from interviewer.wire import TopicSummary, WarmUpCard, WarmUpVerdict
from ui.markup.html import div, heading, tag
from ui.markup.state import state
from ui.markup.warm_up import LETTERS, chain, option, tally, tips
from ui.views.opening import open_question
from ui.views.warm_up_writing import begin_writing, show_writing, writing

RUN = 5
"""Warm-ups of one run: about five minutes."""

GENERAL = (
    "Say what you would want to know, then what you assume.",
    "Move from need to design to failure; each step earns the next one.",
    "Put a number or a decision wherever a word like scalable would stand.",
)


def show_warm_up(client: Client) -> None:
    """Draw the run that the address names, or the start of one."""
    seed = st.query_params.get("run")
    if seed is None:
        _start(client)
        return
    cards = client.warm_ups.run(seed, topic=st.query_params.get("only"), limit=RUN)
    if not cards:
        st.html(state("No warm-ups here", "This topic has none yet; choose another."))
        if st.button("Choose another topic", type="primary", key="other-topic"):
            _restart()
        return
    done = sum(card.chosen is not None for card in cards)
    place = _place(done, len(cards))
    if place >= len(cards):
        _result(client, seed, cards)
    else:
        _step(client, seed, cards, place)


def _place(done: int, of: int) -> int:
    """Return which warm-up is on: the one just judged stays until the next is asked for."""
    asked = st.query_params.get("at", "")
    return min(int(asked), done, of) if asked.isdecimal() else min(done, of)


def _start(client: Client) -> None:
    st.html(
        div(
            "mi-head",
            heading(1, "Warm-up"),
            tag(
                "p",
                "Four short answers to one question, five times. Choose the best-structured one; "
                "afterwards each tells you why or why not. About five minutes.",
                class_="mi-lead",
            ),
        )
    )
    topics = {str(each.id): each for each in client.topics() if each.questions}
    chosen = st.pills(
        "Topic",
        list(topics),
        format_func=lambda each: topics[each].title,
        key="warm-topic",
        bind="query-params",
    )
    topic = topics.get(chosen) if chosen else None
    st.html(tips(*_tips(topic)))
    if st.button("Start a run of five", type="primary", icon=":material/bolt:", key="start-run"):
        params = {"run": secrets.token_hex(4)}
        st.query_params.from_dict(params | ({"only": chosen} if chosen else {}))
        st.rerun()


def _tips(topic: TopicSummary | None) -> tuple[str, tuple[str, ...]]:
    if topic is None or not topic.tips:
        return "Three things that make an answer easy to follow", GENERAL
    return f"Three things that help on {topic.title.lower()}", topic.tips


def _restart() -> None:
    st.query_params.clear()
    st.rerun()


def _step(client: Client, seed: str, cards: tuple[WarmUpCard, ...], place: int) -> None:
    card = cards[place]
    verdict = (
        None if card.chosen is None else client.warm_ups.choose(seed, card.question_id, card.chosen)
    )
    if verdict is not None and writing():
        show_writing(client, card, verdict)
        return
    st.html(
        div(
            "mi-head",
            div(
                "mi-facts",
                tag("span", "Warm-up"),
                tag("span", f"{place + 1} of {len(cards)}"),
                *_row(verdict),
            ),
            heading(1, "Which of these is the best structured?", "mi-question"),
            div("mi-brief", f"{card.prompt} Judge the structure, not the vocabulary."),
        )
    )
    _options(client, seed, card, verdict)
    if verdict is not None:
        st.html(chain(verdict.dimensions))
        _onwards(card, place, len(cards))


def _row(verdict: WarmUpVerdict | None) -> list[str]:
    if verdict is None:
        return []
    return [tag("span", f"{verdict.streak} in a row, best run {verdict.longest_streak}")]


def _options(client: Client, seed: str, card: WarmUpCard, verdict: WarmUpVerdict | None) -> None:
    grid = st.grid(columns=2, min_column_width=300, gap="medium")
    for place, letter in enumerate(LETTERS):
        best = verdict is not None and place == verdict.best
        key = f"option-{'best' if best else 'plain'}-{place}"
        with grid.container(border=True, height="stretch", key=key):
            st.html(option(card, place, verdict))
            if verdict is None:
                st.space("stretch")
                if st.button(f"Choose {letter}", shortcut=str(place + 1), key=f"choose-{place}"):
                    client.warm_ups.choose(seed, card.question_id, place)
                    st.query_params["at"] = st.query_params.get("at", "0")
                    st.rerun()


def _onwards(card: WarmUpCard, place: int, of: int) -> None:
    with st.container(horizontal=True):
        label = "Next warm-up" if place + 1 < of else "See the result"
        if st.button(
            label,
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            shortcut="n",
            key="next-warm-up",
        ):
            st.query_params["at"] = str(place + 1)
            st.rerun()
        if st.button("Write it yourself", icon=":material/edit:", shortcut="w", key="write-it"):
            begin_writing(place)


def _result(client: Client, seed: str, cards: tuple[WarmUpCard, ...]) -> None:
    verdicts = [
        client.warm_ups.choose(seed, card.question_id, card.chosen)
        for card in cards
        if card.chosen is not None
    ]
    st.html(div("mi-head", heading(1, "Your run")))
    st.html(tally(sum(each.chosen == each.best for each in verdicts), len(verdicts)))
    st.html(heading(2, "Now write one yourself"))
    for card, verdict in zip(cards, verdicts, strict=False):
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"w-{card.question_id}"
        ):
            right = verdict.chosen == verdict.best
            st.html(
                div(
                    "mi-warm-row",
                    tag("b", card.title),
                    div("mi-quiet", "Recognised" if right else "Another one was better structured"),
                )
            )
            if st.button("Write a full answer", type="tertiary", key=f"write-{card.question_id}"):
                open_question(card.question_id)
    if st.button("Start another run", type="primary", key="again"):
        _restart()
