"""The chart of scores over time: faint points, a thin rolling mean, names at the ends of lines."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import altair as alt
import streamlit as st

from interviewer.domain.progress import Line, Trend
from ui.markup.progress import skill_name

WINDOW = 3
"""Answers that the rolling mean covers."""

MOST = 5
"""Lines drawn at once."""

Row = dict[str, str | float | datetime]


def line_name(trend: Trend, topics: Mapping[str, str]) -> str:
    """Return the name of a line on screen."""
    if trend.line is Line.TOPIC:
        return topics.get(trend.name, trend.name)
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


def show_trend(trends: Sequence[Trend], topics: Mapping[str, str]) -> None:
    """Draw the chosen lines; without a choice, the total."""
    kinds = {"Topics": Line.TOPIC, "Skills": Line.SKILL}
    shown = st.segmented_control(
        "Lines",
        ["Total", *kinds],
        default="Total",
        key="trend-lines",
        label_visibility="collapsed",
    )
    fitting = [each for each in trends if each.line is kinds.get(shown or "", Line.OVERALL)]
    most = sorted(fitting, key=lambda each: -len(each.points))[:MOST]
    rows = [row for each in most for row in rows_of(each, line_name(each, topics))]
    if rows:
        st.altair_chart(_chart(rows), width="stretch", alt=_said(most, topics), key="trend")


def _said(trends: Sequence[Trend], topics: Mapping[str, str]) -> str:
    return "; ".join(
        f"{line_name(each, topics)}: from {each.points[0].percent:.0f} to "
        f"{each.points[-1].percent:.0f} percent over {len(each.points)} answers"
        for each in trends
    )


def _chart(rows: list[Row]) -> alt.LayerChart | alt.FacetChart:
    data = alt.Data(values=[{**row, "at": str(row["at"])} for row in rows])
    base = alt.Chart(data).encode(
        x=alt.X("answer:Q", title="Answer", axis=alt.Axis(tickMinStep=1, grid=False)),
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
        .encode(y="mean:Q", text="line:N")
        .transform_window(
            rank="rank()", sort=[alt.SortField("answer", "descending")], groupby=["line"]
        )
        .transform_filter("datum.rank == 1")
    )
    return (points + lines + ends).properties(height=280, padding={"right": 120})
