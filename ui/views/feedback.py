"""The feedback on an attempt, painted into its final places as the rulings arrive."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from interviewer.client import Client
from interviewer.domain.appeal import RULED, appeal_of, appealed_criterion, appeals, standing
from interviewer.domain.attempt import Attempt
from interviewer.domain.grading import (
    DimensionGrading,
    GraderKind,
    Grading,
    MisconceptionGrading,
    Status,
)
from interviewer.wire import DimensionEvent, DoneEvent, QuestionDetail
from ui.markup.change import changes, heard, ruling_again
from ui.markup.html import Html, div, heading, join
from ui.markup.notes import asserted, flags, missing, missing_of, provenance, reasons, wrong
from ui.markup.palette import Colours, colours
from ui.markup.score import Awaited, outcome, strip, total_awaited, total_of
from ui.markup.spans import annotated, marks_of
from ui.markup.state import state
from ui.views.after import show_actions, show_outline, show_rubric
from ui.views.appealing import show_appeal
from ui.views.comparing import Earlier, earlier_of


@dataclass(frozen=True)
class Seen:
    """As much of a grading as has arrived."""

    grading: Grading
    dimensions: tuple[DimensionGrading, ...] = ()
    misconceptions: tuple[MisconceptionGrading, ...] = ()

    @property
    def done(self) -> bool:
        return self.grading.status.is_final

    @property
    def ruled(self) -> bool:
        return self.grading.status in RULED


@dataclass(frozen=True)
class Places:
    """Where the parts of the feedback go; each is repainted as a whole."""

    strip: DeltaGenerator
    remarks: DeltaGenerator
    answer: DeltaGenerator
    missing: DeltaGenerator
    notes: DeltaGenerator


@dataclass(frozen=True)
class Shown:
    """What stays the same while a grading arrives."""

    question: QuestionDetail
    attempt: Attempt
    before: Earlier | None


def show_feedback(client: Client, question: QuestionDetail, attempt: Attempt) -> None:
    """Draw the grading of the attempt that stands, following the newest until it has ended."""
    newest = attempt.gradings[0]
    shown = Shown(question, attempt, earlier_of(client, attempt, newest))
    places = _places()
    if appeal_of(newest) is not None and not newest.status.is_final:
        attempt = _hear(client, places, shown)
        shown = replace(shown, attempt=attempt)
    elif not newest.status.is_final:
        with places.remarks.container():
            if st.button("Stop grading", key="stop-grading", icon=":material/stop_circle:"):
                client.cancel(newest.id)
    grading = standing(attempt.gradings)
    seen = Seen(grading, grading.dimensions, grading.misconceptions)
    _paint(places, shown, seen)
    for newer in _follow(client, seen):
        _paint(places, shown, newer)
        seen = newer
    if seen.ruled:
        show_appeal(client, attempt, seen.grading)
    show_outline(client, question, seen.grading)
    show_rubric(question)
    show_actions(client, question, attempt, seen.grading)


def _hear(client: Client, places: Places, shown: Shown) -> Attempt:
    """Leave the feedback as it was while an appeal is ruled on, and return what then stands."""
    before = standing(shown.attempt.gradings)
    _paint(places, shown, Seen(before, before.dimensions, before.misconceptions))
    newest = shown.attempt.gradings[0]
    wanted = appealed_criterion(newest)
    statements = (c.statement for d in before.dimensions for c in d.criteria if c.id == wanted)
    places.remarks.html(ruling_again(next(statements, ""), before))
    for _ in client.events(newest.id):
        pass
    return client.attempt(shown.attempt.id)


def _places() -> Places:
    bar, remarks = st.empty(), st.empty()
    st.html(div("mi-gap"))
    left, right = st.columns([2, 1], gap="large")
    with left:
        answer, lost = st.empty(), st.empty()
    with right:
        notes = st.empty()
    return Places(bar, remarks, answer, lost, notes)


def _follow(client: Client, seen: Seen) -> Iterator[Seen]:
    """Yield what is known after each event; the stream can be taken up again at any time."""
    if seen.done:
        return
    for event in client.events(seen.grading.id):
        if isinstance(event, DimensionEvent):
            others = tuple(d for d in seen.dimensions if d.id != event.data.id)
            seen = replace(seen, dimensions=(*others, event.data))
        elif isinstance(event, DoneEvent):
            seen = Seen(event.data, event.data.dimensions, event.data.misconceptions)
        else:
            seen = replace(seen, misconceptions=(*seen.misconceptions, event.data))
        yield seen


def _paint(places: Places, shown: Shown, seen: Seen) -> None:
    question = shown.question
    arrived = {each.id: each for each in seen.dimensions}
    rows = [arrived.get(each.id, Awaited(each.id, each.title)) for each in question.dimensions]
    before = None if shown.before is None else shown.before.bars(seen.grading)
    total = total_of(seen.grading, before) if seen.done else total_awaited(len(arrived), len(rows))
    places.strip.html(strip(total, rows, before))
    if seen.done:
        _remark(places.remarks, shown, seen.grading)
    palette = colours(question.dimensions)
    graded = tuple(each for each in rows if isinstance(each, DimensionGrading))
    marks = marks_of(graded, palette, seen.misconceptions, seen.grading.flags)
    places.answer.html(
        div(
            "mi-stack",
            heading(2, "Your answer, with the evidence"),
            annotated(shown.attempt.answer, marks),
        )
    )
    _lost(places.missing, graded, palette, seen)
    why = reasons(graded, palette, seen.grading.grader.kind, claims=seen.ruled)
    places.notes.html(join((heading(2, "Why this score"), why, _foot(seen))))


def _foot(seen: Seen) -> Html:
    return provenance(seen.grading) if seen.done else div("mi-quiet", "Reading your answer.")


def _remark(place: DeltaGenerator, shown: Shown, grading: Grading) -> None:
    """Say what is unusual about this grading, and what has changed, if anything has."""
    words = outcome(grading)
    titles = {
        Status.PARTIAL: "Graded in part, so there is no score",
        Status.UNGRADED: "This answer could not be graded",
        Status.CANCELLED: "Grading was stopped",
    }
    parts: list[Html] = []
    if words:
        parts.append(state(titles[grading.status], words, "Your answer is kept.", tone="warn"))
    if grading.flags:
        parts.append(flags(grading.flags))
    newest = shown.attempt.gradings[0]
    if newest.status.is_final and appeal_of(newest) is not None and newest.status not in RULED:
        why = newest.reason or "It was stopped before it ended."
        parts.append(state("There is no new ruling", why, "The first one stands.", tone="warn"))
    made = appeals(shown.attempt.gradings)
    if made:
        parts.append(heard(made, shown.attempt.answer, grading.grader.kind))
    if shown.before is not None and grading.status in RULED:
        since = shown.before.since(grading)
        parts.append(changes(since, shown.before.answer, shown.attempt.answer))
    if parts:
        place.html(div("mi-stack", *parts))
    else:
        place.empty()


def _lost(
    place: DeltaGenerator, graded: tuple[DimensionGrading, ...], palette: Colours, seen: Seen
) -> None:
    false = asserted(seen.misconceptions)
    rows = missing_of(graded, palette) if seen.done else ()
    parts: list[Html] = []
    if false:
        parts += [heading(2, "What was not right"), wrong(false)]
    if rows:
        parts += [heading(2, "What was missing"), missing(rows, claims=seen.ruled)]
        if seen.grading.grader.kind is GraderKind.OFFLINE:
            parts.insert(-1, div("mi-quiet", "No evidence found for these (offline grader)."))
    if parts:
        place.html(div("mi-stack mi-lower", *parts))
