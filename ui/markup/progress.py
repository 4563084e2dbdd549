"""The figures of the Progress page: tiles with small bars, where points are lost, what is due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from interviewer.domain.progress import HeatCell
from interviewer.wire import ReviewItem
from ui.markup.html import Html, div, span, tag
from ui.markup.numbers import percent, plural, rounded

BARS = 14
"""Latest scores drawn in a tile."""

SKILLS = 6
"""Columns of the heatmap: the skills that cost most."""


ACRONYMS = frozenset({"gpu", "kv", "slo", "ml", "llm", "ci", "cd", "api", "sql"})


def tiles(rows: Iterable[Html]) -> Html:
    """Return the row of figures at the top."""
    return div("mi-tiles", *rows)


def tile(label: str, value: str, note: str, bars: Sequence[float] = ()) -> Html:
    """Return one figure; the bars are percentages, the newest last."""
    drawn = div(
        "mi-spark",
        *(span("mi-spark-bar", style=f"height:{max(6.0, each):.0f}%") for each in bars[-BARS:]),
        role="img",
        aria_label="Latest scores: " + ", ".join(percent(each) for each in bars[-BARS:]),
    )
    return div(
        "mi-tile",
        div("mi-side-title", label),
        div("mi-tile-value" if len(value) < 12 else "mi-tile-value mi-tile-words", value),
        div("mi-quiet", note),
        drawn if bars else "",
    )


def skill_name(slug: str) -> str:
    """Return a skill as people write it."""
    words = slug.replace("_", "-").split("-")
    spelt = [word.upper() if word in ACRONYMS else word for word in words]
    return " ".join([spelt[0][:1].upper() + spelt[0][1:], *spelt[1:]])


def heat_table(cells: Sequence[HeatCell], topics: Mapping[str, str]) -> Html:
    """Return topic by skill with the share of criteria met in each cell, and its number."""
    lost: dict[str, float] = defaultdict(float)
    for cell in cells:
        lost[cell.skill] += cell.lost
    skills = sorted(lost, key=lambda each: -lost[each])[:SKILLS]
    found = {(cell.topic, cell.skill): cell for cell in cells}
    rows = [topic for topic in topics if any((topic, skill) in found for skill in skills)]
    head = tag("tr", tag("td", ""), *(tag("th", skill_name(s), scope="col") for s in skills))
    body = (
        tag(
            "tr",
            tag("th", topics[topic], scope="row"),
            *(_cell(found.get((topic, skill))) for skill in skills),
        )
        for topic in rows
    )
    table = tag("table", tag("thead", head), tag("tbody", *body), class_="mi-heat")
    label = "Share of criteria met, by topic and skill"
    return div("mi-scroll", table, tabindex=0, role="region", aria_label=label)


def _cell(cell: HeatCell | None) -> Html:
    if cell is None:
        return tag("td", "")
    share = 100 * cell.met / cell.criteria
    title = f"{cell.met} of {plural(cell.criteria, 'criterion', 'criteria')} met"
    box = span("mi-heat-cell", percent(share), title=title, style=f"--share:{rounded(share)}%")
    return tag("td", box)


def review(item: ReviewItem) -> Html:
    """Return why a skill comes back, and when."""
    when = (
        "Due now" if item.is_due else "Tomorrow" if item.in_days <= 1 else f"In {item.in_days} days"
    )
    return div(
        "mi-review",
        div(
            "mi-note-head",
            tag("h3", skill_name(item.skill), class_="mi-h3"),
            span("mi-due" if item.is_due else "mi-quiet", when),
        ),
        tag("p", f"You missed: {item.statement}"),
        div("mi-quiet", f"{item.title} · {item.minutes} min"),
    )
