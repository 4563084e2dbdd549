"""The interview room and its report."""

from collections.abc import Iterable

from interviewer.domain.interview import Exchange, Ground, Panel, StepFigures, StepState
from interviewer.wire import InterviewReport, ReportStep, RoomStep, ToPractise
from ui.markup.html import Html, div, heading, items, join, span, tag
from ui.markup.numbers import gain, percent, plural, points, rounded

STATES = {
    StepState.WAITING: "to come",
    StepState.QUESTION: "on now",
    StepState.READING: "being read",
    StepState.FOLLOW_UP: "follow-up",
    StepState.DONE: "answered",
}


def dots(steps: Iterable[RoomStep], place: int) -> Html:
    """Return how far the interview is, in words and as dots."""
    rows = tuple(steps)
    drawn = (
        span(
            f"mi-step-dot mi-step-{each.state.value.replace('_', '-')}",
            role="listitem",
            aria_label=f"Question {n}: {STATES[each.state]}",
        )
        for n, each in enumerate(rows, 1)
    )
    said = f"Question {min(place + 1, len(rows))} of {len(rows)}"
    return div("mi-dots", span("mi-quiet", said), div("mi-dot-row", *drawn, role="list"))


def exchanges(rows: Iterable[Exchange]) -> Html:
    """Return what was asked and what the interviewer replied."""
    return items("mi-exchanges", map(_exchange, rows))


def _exchange(row: Exchange) -> Html:
    return div(
        "mi-exchange",
        div("mi-asked", tag("b", "You: "), row.asked),
        div("mi-replied", tag("b", "Interviewer: "), row.replied),
        div("mi-quiet", row.note) if row.note else "",
    )


def follow_up(asked: str, note: str = "") -> Html:
    """Return the follow-up, and how it came about where that is worth saying."""
    said = div("mi-quiet", note) if note else ""
    return div("mi-follow-up", tag("b", "Follow-up: "), asked, said)


def hints(rows: Iterable[str]) -> Html:
    """Return the hints that were taken."""
    return items("mi-hints", (div("mi-hint-row", each) for each in rows))


def verdict(report: InterviewReport) -> Html:
    """Return the overall figure, and what is left out of it or counts as nothing."""
    number = "–" if report.percent is None else str(rounded(report.percent))
    notes: list[str] = []
    if report.pending:
        notes.append(f"{plural(report.pending, 'answer')} still being graded.")
    if report.unanswered:
        notes.append(f"{plural(report.unanswered, 'question')} without an answer, counted as 0.")
    if report.ungraded and not report.pending:
        notes.append(f"{plural(report.ungraded, 'answer')} without a score, in no figure.")
    total = div("mi-total", span("mi-total-number", number), span("mi-total-of", "/ 100"))
    said = div("mi-tally", tag("b", report.panel.says), *(tag("p", note) for note in notes))
    return div("mi-strip", total, said)


def grounds(panel: Panel) -> Html:
    """Return on which grounds a panel would say so, each with the candidate's own words."""
    return items("mi-grounds", map(_ground, panel.grounds), "On which grounds")


def _ground(ground: Ground) -> Html:
    quote = div("mi-quote", f"“{ground.quote}”") if ground.quote else ""
    return div("mi-ground", ground.words, quote)


def figures(row: StepFigures | None) -> Html:
    """Return the three figures of a step and what they come to."""
    if row is None:
        return div("mi-figures", span("mi-quiet", "No score"))
    parts = [("Graded", percent(row.graded)), ("Hints", f"−{points(row.hints)}")]
    parts.append(("After a nudge", f"+{points(round(row.nudge, 1))}"))
    drawn = [
        div("mi-figure", span("mi-quiet", name), span("mi-figure-value", value))
        for name, value in parts
    ]
    total = div("mi-figure", span("mi-quiet", "Comes to"), tag("b", percent(row.total)))
    return div("mi-figures", *drawn, total)


def step_head(number: int, step: ReportStep) -> Html:
    """Return one question of the report with its figures."""
    return div(
        "mi-report-head",
        join((heading(2, f"{number}. {step.title}"), div("mi-brief", step.prompt))),
        figures(step.figures),
    )


def to_practise(rows: Iterable[ToPractise]) -> Html:
    """Return the things to practise, each with a link and with what it was worth."""
    return items(
        "mi-missing",
        (
            div(
                "mi-miss",
                div(
                    "mi-miss-body",
                    div("mi-statement", each.statement),
                    tag("a", f"Practise: {each.title}", href=f"./?q={each.question_id}"),
                ),
                span("mi-gain", gain(each.gain)),
            )
            for each in rows
        ),
    )
