"""The feedback on an attempt, painted into its final places as the rulings arrive."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from interviewer.client import Client
from interviewer.domain.attempt import Attempt
from interviewer.domain.grading import (
    DimensionGrading,
    GraderKind,
    Grading,
    MisconceptionGrading,
    Status,
)
from interviewer.wire import DimensionEvent, DoneEvent, QuestionDetail
from ui.markup.html import Html, div, heading, join
from ui.markup.notes import asserted, flags, missing, missing_of, provenance, reasons, wrong
from ui.markup.palette import Colours, colours
from ui.markup.score import Awaited, outcome, strip, total_awaited, total_of
from ui.markup.spans import annotated, marks_of
from ui.markup.state import state
from ui.views.after import show_actions, show_outline, show_rubric


@dataclass(frozen=True)
class Seen:
    """As much of a grading as has arrived."""

    grading: Grading
    dimensions: tuple[DimensionGrading, ...] = ()
    misconceptions: tuple[MisconceptionGrading, ...] = ()

    @property
    def done(self) -> bool:
        return self.grading.status.is_final


@dataclass(frozen=True)
class Places:
    """Where the parts of the feedback go; each is repainted as a whole."""

    strip: DeltaGenerator
    remarks: DeltaGenerator
    answer: DeltaGenerator
    missing: DeltaGenerator
    notes: DeltaGenerator


def show_feedback(client: Client, question: QuestionDetail, attempt: Attempt) -> None:
    """Draw the newest grading of the attempt, following it until it has ended."""
    grading = attempt.gradings[0]
    before = _before(client, attempt)
    places = _places()
    if not grading.status.is_final:
        with places.remarks.container():
            if st.button("Stop grading", key="stop-grading", icon=":material/stop_circle:"):
                client.cancel(grading.id)
    seen = Seen(grading, grading.dimensions, grading.misconceptions)
    _paint(places, question, attempt, seen, before)
    for newer in _follow(client, seen):
        _paint(places, question, attempt, newer, before)
        seen = newer
    show_outline(client, question, seen.grading)
    show_rubric(question)
    show_actions(client, question, attempt, seen.grading)


def _before(client: Client, attempt: Attempt) -> Grading | None:
    """Return the grading that this one is compared with: same grader, same rubric, or none."""
    if attempt.revises is None:
        return None
    now = attempt.gradings[0]
    for earlier in client.attempt(attempt.revises).gradings:
        same = earlier.provenance.rubric_digest == now.provenance.rubric_digest
        if same and earlier.grader.kind is now.grader.kind:
            return earlier
    return None


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


def _paint(
    places: Places,
    question: QuestionDetail,
    attempt: Attempt,
    seen: Seen,
    before: Grading | None,
) -> None:
    arrived = {each.id: each for each in seen.dimensions}
    rows = [arrived.get(each.id, Awaited(each.id, each.title)) for each in question.dimensions]
    total = total_of(seen.grading, before) if seen.done else total_awaited(len(arrived), len(rows))
    places.strip.html(strip(total, rows, before))
    if seen.done:
        _remark(places.remarks, seen.grading)
    palette = colours(question.dimensions)
    graded = tuple(each for each in rows if isinstance(each, DimensionGrading))
    marks = marks_of(graded, palette, seen.misconceptions, seen.grading.flags)
    places.answer.html(
        div(
            "mi-stack",
            heading(2, "Your answer, with the evidence"),
            annotated(attempt.answer, marks),
        )
    )
    _lost(places.missing, graded, palette, seen)
    kind = seen.grading.grader.kind
    places.notes.html(
        join((heading(2, "Why this score"), reasons(graded, palette, kind), _foot(seen)))
    )


def _foot(seen: Seen) -> Html:
    return provenance(seen.grading) if seen.done else div("mi-quiet", "Reading your answer.")


def _remark(place: DeltaGenerator, grading: Grading) -> None:
    """Say what is unusual about this grading, if anything is."""
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
    if parts:
        place.html(join(parts))
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
        parts += [heading(2, "What was missing"), missing(rows)]
        if seen.grading.grader.kind is GraderKind.OFFLINE:
            parts.insert(-1, div("mi-quiet", "No evidence found for these (offline grader)."))
    if parts:
        place.html(div("mi-stack", *parts))
