"""The score strip: the total, and one bar a dimension with one segment a criterion.

A segment is as wide as its criterion's points, so that what is filled is what was earned; colour
never stands alone, for the number is written beside every bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.domain.base import DimensionId
from interviewer.domain.grading import CriterionGrading, DimensionGrading, Grading, Status
from interviewer.domain.ruling import Verdict
from ui.markup.html import Html, div, join, span
from ui.markup.numbers import percent, plural, rounded, signed
from ui.markup.palette import colours

SEGMENT = {
    Verdict.MET: "mi-seg mi-seg-met",
    Verdict.UNMET: "mi-seg",
    Verdict.NOT_ASSESSED: "mi-seg mi-seg-unknown",
}


@dataclass(frozen=True)
class Awaited:
    """A dimension that has not been graded yet."""

    id: DimensionId
    title: str


def strip(
    total: Html, dimensions: Sequence[DimensionGrading | Awaited], before: Grading | None = None
) -> Html:
    """Return the strip; with `before`, each dimension says how it changed since that grading."""
    palette = colours(dimensions)
    earlier = {} if before is None else {each.id: each.percent for each in before.dimensions}
    bars = [
        _bar(each, palette[each.id], earlier.get(each.id))
        if isinstance(each, DimensionGrading)
        else _awaited(each)
        for each in dimensions
    ]
    return div(
        "mi-strip",
        total,
        div(f"mi-bars mi-bars-{len(bars)}", *bars, role="list", aria_label="Score by dimension"),
    )


def total_of(grading: Grading, before: Grading | None = None) -> Html:
    """Return the total as it stands at the left of the strip."""
    if grading.score is None:
        words = "No score" if grading.status.is_final else "Grading"
        return div("mi-total", span("mi-total-none", words))
    change = before.score.percent if before is not None and before.score is not None else None
    shown = [
        span("mi-total-number", str(rounded(grading.score.percent))),
        span("mi-total-of", "/ 100"),
    ]
    if change is not None:
        shown.append(_change(grading.score.percent - change))
    return div("mi-total", *shown)


def total_awaited(done: int, of: int) -> Html:
    """Return what stands in the total's place while dimensions arrive."""
    return div(
        "mi-total",
        span("mi-total-number mi-waiting", "··"),
        span("mi-total-of", f"{done} of {plural(of, 'dimension')}"),
        role="status",
    )


def _bar(dimension: DimensionGrading, colour: str, earlier: float | None) -> Html:
    value = [span("mi-bar-value", percent(dimension.percent))]
    if earlier is not None and dimension.percent is not None:
        value.insert(0, _change(dimension.percent - earlier))
    return div(
        f"mi-bar {colour}",
        div("mi-bar-line", span("mi-bar-title", dimension.title), join(value)),
        div("mi-segs", *(_segment(each) for each in dimension.criteria)),
        role="listitem",
    )


def _segment(criterion: CriterionGrading) -> Html:
    return span(SEGMENT[criterion.verdict], style=f"flex-grow:{criterion.max_points:g}")


def _awaited(dimension: Awaited) -> Html:
    return div(
        "mi-bar mi-bar-waiting",
        div("mi-bar-line", span("mi-bar-title", dimension.title), span("mi-bar-value", "–")),
        div("mi-segs", span("mi-seg")),
        role="listitem",
    )


def _change(points: float) -> Html:
    kind = "up" if rounded(points) > 0 else "down" if rounded(points) < 0 else "same"
    return span(f"mi-change mi-change-{kind}", signed(points))


def outcome(grading: Grading) -> str:
    """Return one sentence on how the grading ended, where that needs saying."""
    if grading.status in {Status.GRADED, Status.QUEUED, Status.RUNNING}:
        return ""
    return grading.reason or "This grading was stopped before it ended."
