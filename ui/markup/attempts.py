"""One attempt as a row of a list."""

from interviewer.domain.attempt import Attempt
from interviewer.domain.grading import GraderKind, Grading, Status
from ui.markup.html import Html, div, span
from ui.markup.numbers import day, percent

STATES = {
    Status.QUEUED: "Being graded",
    Status.RUNNING: "Being graded",
    Status.PARTIAL: "Graded in part",
    Status.UNGRADED: "Not graded",
    Status.CANCELLED: "Stopped",
    Status.GRADED: "Graded",
}


def attempt_row(attempt: Attempt, title: str) -> Html:
    """Return date, question, score and grader of an attempt."""
    newest = attempt.gradings[0] if attempt.gradings else None
    return div(
        "mi-row",
        span("mi-quiet", day(attempt.created_at)),
        span("mi-row-title", title),
        _meter(newest),
        span("mi-quiet", _grader(newest)),
    )


def _meter(grading: Grading | None) -> Html:
    if grading is None or grading.score is None:
        return span("mi-quiet", "Not graded" if grading is None else STATES[grading.status])
    value = grading.score.percent
    track = div(
        "mi-meter-track", div("mi-meter-fill", style=f"width:{value:.1f}%"), aria_hidden="true"
    )
    return div("mi-meter", track, span("", percent(value)))


def _grader(grading: Grading | None) -> str:
    if grading is None:
        return ""
    return "Offline" if grading.grader.kind is GraderKind.OFFLINE else grading.grader.model
