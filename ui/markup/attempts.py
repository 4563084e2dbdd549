"""One attempt as a row of a list."""

from collections.abc import Mapping

from interviewer.domain.appeal import appeals, standing
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import QuestionId
from interviewer.domain.grading import GraderKind, Grading, Status
from interviewer.domain.question import follow_up_id
from ui.markup.html import Html, div, join, span
from ui.markup.numbers import day, percent
from ui.markup.question import STUDY, badge

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
    newest = standing(attempt.gradings) if attempt.gradings else None
    return div(
        "mi-row",
        span("mi-quiet", day(attempt.created_at)),
        span("mi-row-title", title, *_notes(attempt)),
        _meter(newest),
        span("mi-quiet", _grader(newest)),
    )


def title_of(question_id: str, titles: Mapping[str, str]) -> str:
    """Return the title of an attempt's question; it need not be in the bank."""
    if question_id in titles:
        return titles[question_id]
    parents = (title for each, title in titles.items() if is_follow_up(question_id, each))
    found = next(parents, None)
    return question_id if found is None else f"Follow-up: {found}"


def is_follow_up(question_id: str, of: str) -> bool:
    """Tell whether this is the id under which answers to a question's follow-up are kept."""
    return question_id == follow_up_id(QuestionId(of))


def _notes(attempt: Attempt) -> list[Html]:
    """Return what is unusual about an attempt, each after a space."""
    words = [STUDY] if attempt.study_mode else []
    words += ["Revised"] if attempt.revises else []
    words += ["Appealed"] if appeals(attempt.gradings) else []
    return [join((" ", badge(each))) for each in words]


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
