"""The plots of an evaluation as inline SVG: no script, no font, no request."""

from collections.abc import Mapping, Sequence
from html import escape

from interviewer.evaluation.agreement import Figure
from interviewer.evaluation.breakdown import ProfileRow
from interviewer.evaluation.report import interval

PLOTTED = {
    "level_qwk": "levels, QWK",
    "within_r": "within an answer, r",
    "overall_r": "overall, r",
    "verdict_kappa": "verdicts, kappa",
}


def scatter(points: Sequence[tuple[float, float, str]]) -> str:
    """Return each answer's score against its label."""
    dots = "".join(
        f'<circle cx="{30 + 2.6 * label:.1f}" cy="{280 - 2.6 * score:.1f}" r="4">'
        f"<title>{escape(profile)}: label {label:.0f}, score {score:.0f}</title></circle>"
        for label, score, profile in points
    )
    return (
        '<svg viewBox="0 0 310 310" role="img" aria-label="Score against label for each answer">'
        '<rect class="frame" x="30" y="20" width="260" height="260"/>'
        '<line class="ideal" x1="30" y1="280" x2="290" y2="20"/>'
        f'<g class="dots">{dots}</g>'
        '<text x="160" y="305">label, of 100</text>'
        '<text transform="translate(14 150) rotate(-90)">score, of 100</text></svg>'
    )


def profile_bars(profiles: Sequence[ProfileRow]) -> str:
    """Return mean score and mean label of each profile."""
    rows: list[str] = []
    for place, row in enumerate(profiles):
        top = 10 + 30 * place
        rows.append(
            f'<text class="name" x="118" y="{top + 15}">{escape(row.profile)} ({row.answers})'
            f"</text>{_bar('score', top, row.score, 10)}{_bar('label', top + 11, row.label, 6)}"
        )
    height = 20 + 30 * len(profiles)
    return (
        f'<svg viewBox="0 0 310 {height}" role="img" '
        f'aria-label="Mean score and mean label by profile">{"".join(rows)}</svg>'
    )


def _bar(kind: str, top: int, percent: float | None, height: int) -> str:
    width = 1.8 * (percent or 0)
    return f'<rect class="{kind}" x="125" y="{top}" width="{width:.1f}" height="{height}"/>'


def forest(columns: Mapping[str, Mapping[str, Figure]]) -> str:
    """Return the main figures with their intervals: the grader, and what stands beside it."""
    rows: list[str] = []
    top = 0
    for measure, title in PLOTTED.items():
        known = [(name, found[measure]) for name, found in columns.items()]
        known = [(name, figure) for name, figure in known if figure.value is not None]
        if not known:
            continue
        rows.append(f'<text class="head" x="0" y="{top + 16}">{escape(title)}</text>')
        for name, figure in known:
            top += 20
            rows.append(_whisker(top + 16, name, figure))
        top += 28
    zero = _at(0)
    return (
        f'<svg class="wide" viewBox="0 0 640 {top + 4}" role="img" '
        'aria-label="Figures with their 95 % intervals">'
        f'<line class="ideal" x1="{zero}" y1="0" x2="{zero}" y2="{top}"/>{"".join(rows)}</svg>'
    )


def _whisker(y: int, name: str, figure: Figure) -> str:
    value = figure.value or 0.0
    low = value if figure.low is None else figure.low
    high = value if figure.high is None else figure.high
    return (
        f'<text class="name" x="250" y="{y}">{escape(name)}</text>'
        f'<line class="whisker" x1="{_at(low)}" y1="{y - 4}" x2="{_at(high)}" y2="{y - 4}"/>'
        f'<circle class="point" cx="{_at(value)}" cy="{y - 4}" r="4">'
        f"<title>{escape(name)}: {escape(interval(figure))}</title></circle>"
    )


def _at(value: float) -> str:
    """Return where a figure from −.5 to 1 stands."""
    return f"{270 + 240 * (min(max(value, -0.5), 1.0) + 0.5):.1f}"
