"""The chart of scores over time: faint points, a thin rolling mean, names at the ends of lines."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

import altair as alt
import streamlit as st

from interviewer.domain.progress import Line, Trend
from ui.markup.progress import skill_name

WINDOW = 3
"""Answers that the rolling mean covers."""

MOST = 5
"""Lines drawn at once."""

APART = 8.0
"""Percent points that two names at the ends of lines keep between them."""

Row = dict[str, str | float | datetime]


def line_name(trend: Trend, topics: Mapping[str, str]) -> str:
    """Return the name of a line on screen."""
    if trend.line is Line.TOPIC:
        return topics.get(trend.name, trend.name)
    if trend.line is Line.DIMENSION:
        return trend.name
    return "All answers" if trend.line is Line.OVERALL else skill_name(trend.name)


def rows_of(trend: Trend, name: str) -> list[Row]:
    """Return each answer's figure and the mean of it and the answers just before it."""
    percents = [point.percent for point in trend.points]
    rows: list[Row] = []
    for n, point in enumerate(trend.points):
        window = percents[max(0, n + 1 - WINDOW) : n + 1]
        rows.append(
            {
                "line": name,
                "at": point.at,
                "answer": n + 1,
                "percent": point.percent,
                "mean": sum(window) / len(window),
            }
        )
    return rows


def show_trend(
    trends: Sequence[Trend], topics: Mapping[str, str], titles: Mapping[str, str]
) -> None:
    """Draw the chosen lines; without a choice, the total."""
    kinds = {"Topics": Line.TOPIC, "Skills": Line.SKILL, "Dimensions": Line.DIMENSION}
    shown = st.segmented_control(
        "Lines",
        ["Total", *kinds],
        default="Total",
        key="trend-lines",
        label_visibility="collapsed",
    )
    line = kinds.get(shown or "", Line.OVERALL)
    fitting = [each for each in trends if each.line is line]
    if line is Line.DIMENSION:
        lines = _of_one_question(fitting, titles)
    else:
        lines = sorted(fitting, key=lambda each: -len(each.points))[:MOST]
    drawn = [rows_of(each, line_name(each, topics)) for each in lines]
    for row, place in zip((each[-1] for each in drawn), spread(_ends(drawn)), strict=True):
        row["label"] = place
    rows = [row for each in drawn for row in each]
    if rows:
        st.altair_chart(_chart(rows), width="stretch", alt=_said(lines, topics), key="trend")


def _ends(drawn: Sequence[Sequence[Row]]) -> list[float]:
    means = (each[-1]["mean"] for each in drawn)
    return [each for each in means if isinstance(each, float)]


def spread(ends: Sequence[float]) -> list[float]:
    """Return where names may stand beside the ends of lines, so that none covers another."""
    order = sorted(range(len(ends)), key=lambda each: ends[each])
    places = list(ends)
    for below, above in pairwise(order):
        places[above] = max(places[above], places[below] + APART)
    ceiling = 100.0
    for at in reversed(order):
        places[at] = min(places[at], ceiling)
        ceiling = places[at] - APART
    return places


def _of_one_question(trends: Sequence[Trend], titles: Mapping[str, str]) -> list[Trend]:
    """Return the dimensions of the question that is chosen: each question has its own."""
    counts: dict[str, int] = {}
    for each in trends:
        if each.question_id is not None:
            counts[each.question_id] = max(counts.get(each.question_id, 0), len(each.points))
    chosen = st.selectbox(
        "Question",
        sorted(counts, key=lambda each: -counts[each]),
        format_func=lambda each: titles.get(each, each),
        key="trend-question",
        width=460,
    )
    return [each for each in trends if each.question_id == chosen]


def _said(trends: Sequence[Trend], topics: Mapping[str, str]) -> str:
    return "; ".join(
        f"{line_name(each, topics)}: from {each.points[0].percent:.0f} to "
        f"{each.points[-1].percent:.0f} percent over {len(each.points)} answers"
        for each in trends
    )


def _chart(rows: list[Row]) -> alt.LayerChart | alt.FacetChart:
    data = alt.Data(values=[{**row, "at": str(row["at"])} for row in rows])
    base = alt.Chart(data).encode(
        x=alt.X(
            "answer:Q",
            title="Answer",
            scale=alt.Scale(zero=False, nice=False),
            axis=alt.Axis(tickMinStep=1, grid=False, format="d"),
        ),
        color=alt.Color("line:N", legend=None),
    )
    scale = alt.Scale(domain=[0, 100])
    points = base.mark_circle(size=42, opacity=0.4).encode(
        y=alt.Y("percent:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5)),
        tooltip=[alt.Tooltip("line:N", title="Line"), alt.Tooltip("percent:Q", format=".0f")],
    )
    lines = base.mark_line(strokeWidth=2, interpolate="monotone").encode(y="mean:Q")
    ends = (
        base.mark_text(align="left", dx=8, fontWeight=600)
        .encode(y=alt.Y("label:Q", title=None), text="line:N")
        .transform_filter("isValid(datum.label)")
    )
    return (points + lines + ends).properties(height=280, padding={"right": 120})
