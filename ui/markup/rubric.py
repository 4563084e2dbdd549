"""A question's rubric as text: what is looked for, what it is worth, what costs points."""

from collections.abc import Iterator

from interviewer.domain.rubric import Criterion, Dimension
from interviewer.wire import Solution
from ui.markup.html import Html, div, heading, items, join, tag
from ui.markup.numbers import percent


def rubric(solution: Solution) -> Html:
    """Return every dimension with its criteria, then the wrong beliefs with their corrections."""
    total = sum(dimension.weight for dimension in solution.rubric.dimensions)
    parts = [_dimension(each, 100 * each.weight / total) for each in solution.rubric.dimensions]
    if solution.misconceptions:
        beliefs = [
            join((tag("b", each.statement), div("mi-quiet", each.correction)))
            for each in solution.misconceptions
        ]
        parts.append(join((heading(3, "What costs points"), items("mi-rubric", beliefs))))
    return join(parts)


def _dimension(dimension: Dimension, share: float) -> Html:
    title = f"{dimension.title} · {percent(share)}"
    rows = [join(_criterion(criterion)) for criterion in dimension.criteria]
    return join((heading(3, title), items("mi-rubric", rows)))


def _criterion(criterion: Criterion) -> Iterator[Html]:
    worth = "1 point" if criterion.points == 1 else f"{criterion.points:g} points"
    yield tag("b", f"{criterion.statement} ({worth})")
    yield div("mi-quiet", f"Meets it: {criterion.met_example}")
    yield div("mi-quiet", f"Does not: {criterion.near_miss}")
