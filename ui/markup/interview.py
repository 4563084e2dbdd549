"""The interview room and its report."""

from collections.abc import Iterable

from interviewer.domain.interview import Exchange, StepFigures, StepState
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
    return items(
        "mi-exchanges",
        (
            div(
                "mi-exchange",
                div("mi-asked", tag("b", "You: "), each.asked),
                div("mi-replied", tag("b", "Interviewer: "), each.replied),
            )
            for each in rows
        ),
    )


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
    said = div("mi-tally", tag("b", panel(report)), *(tag("p", note) for note in notes))
    return div("mi-strip", total, said)


def panel(report: InterviewReport) -> str:
    """Return what a hiring panel would say of the figures, and on which grounds."""
    if report.percent is None:
        return "There is nothing to judge yet."
    told = [step for step in report.steps if step.figures is not None]
    weak = min(told, key=lambda step: step.figures.total if step.figures else 0)
    grounds = f"The weakest answer was the one on {weak.title!r}."
    if report.percent >= 80:
        return "A panel would very likely say yes: most points were made with evidence."
    if report.percent >= 60:
        return f"A panel would lean to yes and ask once more. {grounds}"
    if report.percent >= 40:
        return f"A panel would be divided. {grounds}"
    return f"A panel would not say yes on these answers. {grounds}"


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
    """Return the things to practise, each with what it was worth."""
    return items(
        "mi-missing",
        (
            div(
                "mi-miss",
                div(
                    "mi-miss-body",
                    div("mi-statement", each.statement),
                    div("mi-quiet", each.title),
                ),
                span("mi-gain", gain(each.gain)),
            )
            for each in rows
        ),
    )
