"""What became of an answer since the one that it revises, and of a criterion since an appeal."""

from collections.abc import Sequence

from interviewer.domain.appeal import Appealed
from interviewer.domain.comparison import Change, Comparison, Obstacle
from interviewer.domain.grading import GraderKind, Grading
from interviewer.domain.ruling import Verdict
from ui.markup.diff import difference
from ui.markup.html import Html, div, heading, items, span, tag
from ui.markup.notes import MARKS, unfound
from ui.markup.numbers import plural, signed

OBSTACLES = {
    Obstacle.GRADER: "they were not graded by the same grader with the same settings",
    Obstacle.PROMPT: "the grader's prompt has changed between them",
    Obstacle.RUBRIC: "the question's rubric has changed between them",
    Obstacle.NO_SCORE: "one of them has no score",
}

SHOWN = 6
"""Criteria that are shown at once; those with fewer points fold away."""


def changes(comparison: Comparison, before: str, after: str) -> Html:
    """Return gained and lost criteria, the change of the score, and the words that changed."""
    return div(
        "mi-panel",
        heading(2, "Since your last answer"),
        tag("p", _summary(comparison)),
        div(
            "mi-columns",
            *_list("Gained", "mi-met", MARKS[Verdict.MET], comparison.gained),
            *_list("Lost", "mi-unmet", MARKS[Verdict.UNMET], comparison.lost),
        ),
        tag(
            "details",
            tag("summary", "Compare the words"),
            difference(before, after),
            class_="mi-fold",
        ),
    )


def _summary(comparison: Comparison) -> str:
    counts = f"{len(comparison.gained)} gained, {len(comparison.lost)} lost"
    if comparison.change is not None:
        return f"{signed(comparison.change)} points of 100: {counts}."
    reasons = " and ".join(OBSTACLES[each] for each in comparison.obstacles)
    return f"{counts[:1].upper()}{counts[1:]}. The two scores are not compared: {reasons}."


def _list(title: str, kind: str, mark: str, rows: Sequence[Change]) -> tuple[Html, ...]:
    if not rows:
        return ()
    head = plural(len(rows), "criterion", "criteria")
    ranked = sorted(rows, key=lambda each: -each.points)
    drawn = [_row(each, kind, mark) for each in ranked]
    more = tag(
        "details",
        tag("summary", f"{len(drawn) - SHOWN} more"),
        items("mi-changes", drawn[SHOWN:], f"More {title.lower()} criteria"),
        class_="mi-fold",
    )
    return (
        div(
            "",
            div("mi-side-title", f"{title}: {head}"),
            items("mi-changes", drawn[:SHOWN], f"{title} criteria"),
            more if len(drawn) > SHOWN else "",
        ),
    )


def _row(change: Change, kind: str, mark: str) -> Html:
    return div(
        f"mi-criterion {kind}",
        span("mi-verdict", mark, aria_hidden="true"),
        div(
            "mi-criterion-body",
            div("mi-statement", change.statement),
            div("mi-quiet", change.dimension),
        ),
    )


def heard(rows: Sequence[Appealed], answer: str, kind: GraderKind) -> Html:
    """Return every appeal with the words that were marked, the first ruling and the new one."""
    return div(
        "mi-panel",
        heading(2, "Your appeal" if len(rows) == 1 else "Your appeals"),
        items("mi-appeals", (_appeal(each, answer, kind) for each in reversed(rows))),
    )


def _appeal(row: Appealed, answer: str, kind: GraderKind) -> Html:
    granted = row.after.verdict is Verdict.MET
    return div(
        "mi-appeal",
        div(
            "mi-note-head",
            tag("h3", row.after.statement, class_="mi-h3"),
            span("mi-outcome mi-good" if granted else "mi-outcome", _outcome(row)),
        ),
        tag("blockquote", answer[row.start : row.end], class_="mi-quote", dir="auto"),
        _ruling("First ruling", row.before.verdict, row.before.reason, kind),
        _ruling("After your appeal", row.after.verdict, row.after.reason, kind),
    )


def _outcome(row: Appealed) -> str:
    if row.after.verdict is Verdict.MET:
        return "Still met" if row.before.verdict is Verdict.MET else "Granted"
    return "No new ruling" if row.before == row.after else "Not granted"


def _ruling(label: str, verdict: Verdict, reason: str, kind: GraderKind) -> Html:
    word = {
        Verdict.MET: "met",
        Verdict.UNMET: unfound(kind),
        Verdict.NOT_ASSESSED: "not assessed",
    }[verdict]
    return div("mi-quiet", tag("b", f"{label}: "), f"{word}. {reason}".strip())


def ruling_again(statement: str, grading: Grading) -> Html:
    """Return what is shown while an appeal is ruled on."""
    who = (
        "The offline grader" if grading.grader.kind is GraderKind.OFFLINE else grading.grader.model
    )
    return div("mi-panel", tag("p", f"{who} looks again at: {statement}"), role="status")
