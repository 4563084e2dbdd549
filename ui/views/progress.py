"""The Progress page: figures, trends, where points are lost, what to review, all answers."""

import streamlit as st

from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.domain.progress import HeatCell, Line, Trend
from interviewer.wire import GraderCount, ProgressReport, ReviewItem
from ui.markup.html import Html, div, heading, tag
from ui.markup.numbers import day, dollars, percent, plural
from ui.markup.progress import heat_table, review, skill_name, tile, tiles
from ui.markup.state import state
from ui.views.answers import show_answers
from ui.views.loading import loading
from ui.views.opening import open_question
from ui.views.topics import topic_titles
from ui.views.trend import show_trend

ENOUGH = 3
"""Scored answers from which on charts say more than they mislead."""

LATEST = 6
"""Answers in the average."""

SHOWN_REVIEWS = 4

GRADERS = {GraderKind.OFFLINE: "Offline grader", GraderKind.LLM: "LLM grader"}


def show_progress(client: Client) -> None:
    """Draw what the service reckons from the candidate's own answers."""
    st.html(heading(1, "Your progress"))
    with loading("your answers"):
        report = client.progress.report()
    if not report.answers:
        _nothing(client)
        return
    report = _chosen(client, report)
    overall = _scores(report)
    st.html(_tiles(report, overall))
    queue = client.progress.review_queue()
    topics = topic_titles(client)
    titles = {str(each.id): each.title for each in client.questions()}
    if len(overall) >= ENOUGH:
        st.html(div("mi-gap-s", ""))
        st.html(heading(2, "Score over time"))
        show_trend(report.trends, topics, titles)
    else:
        st.html(div("mi-quiet", _soon(len(overall))))
    lost, due = st.columns([3, 2], gap="large")
    with lost:
        _lost(report.heatmap, topics)
    with due:
        _queue(queue)
    show_answers(client, titles)


def _chosen(client: Client, report: ProgressReport) -> ProgressReport:
    """Let the candidate choose whose scores are shown, where there are those of several."""
    if len(report.graders) < 2:
        return report
    names = {each.yardstick: grader_name(each, report.graders) for each in report.graders}
    chosen = st.segmented_control(
        "Scores by",
        list(names),
        format_func=names.__getitem__,
        default=report.yardstick,
        required=True,
        key="grader",
        wrap=True,
    )
    report = client.progress.report(chosen) if chosen else report
    others = sum(each.answers for each in report.graders if each.yardstick != report.yardstick)
    words = f"Scores of different graders are never mixed: {others} by others are left out here."
    st.html(div("mi-quiet", words))
    return report


def grader_name(one: GraderCount, of: tuple[GraderCount, ...]) -> str:
    """Return what a grader is called; those that share model and kind are told by their start."""
    name = "Offline grader" if one.kind is GraderKind.OFFLINE else one.model
    alike = [each for each in of if (each.kind, each.model) == (one.kind, one.model)]
    if one.kind is GraderKind.OFFLINE and any(
        each.kind is GraderKind.OFFLINE and each.model != one.model for each in of
    ):
        name = f"{name} ({one.model})"
    return name if len(alike) == 1 else f"{name}, since {day(one.first_at)}"


def _scores(report: ProgressReport) -> list[float]:
    lines = (each for each in report.trends if each.line is Line.OVERALL)
    return [point.percent for line in lines for point in line.points]


def _soon(count: int) -> str:
    if not count:
        return "No answer has a score yet; trends appear after three."
    return f"{plural(count, 'answer')} with a score so far; trends appear after three."


def _tiles(report: ProgressReport, scores: list[float]) -> Html:
    latest = scores[-LATEST:]
    mean = sum(latest) / len(latest) if latest else None
    reworded = f", {report.left_out} on older wordings left out" if report.left_out else ""
    who = GRADERS[report.grader] if report.grader else "No score yet"
    weakest = _weakest(report.trends)
    return tiles(
        (
            tile(f"Average, last {len(latest)}", percent(mean), who + reworded, scores),
            tile(
                "Answers",
                f"{report.answers:,}",
                f"{plural(report.days_in_a_row, 'day')} in a row",
            ),
            tile(
                "Questions tried",
                f"{report.practised} of {report.questions}",
                "of the whole bank",
            ),
            tile("Weakest skill", *weakest)
            if weakest
            else tile("Grading cost", dollars(report.cost_usd), "in all"),
        )
    )


def _weakest(trends: tuple[Trend, ...]) -> tuple[str, str] | None:
    """Return the skill with the lowest mean over its latest answers, and that mean."""
    means = {
        each.name: sum(p.percent for p in each.points[-LATEST:]) / len(each.points[-LATEST:])
        for each in trends
        if each.line is Line.SKILL
    }
    if not means:
        return None
    name = min(means, key=lambda each: (means[each], each))
    return skill_name(name), f"{percent(means[name])} of its criteria met"


def _lost(cells: tuple[HeatCell, ...], topics: dict[str, str]) -> None:
    st.html(heading(2, "Where points are lost"))
    if any(cell.lost for cell in cells):
        st.html(heat_table(cells, topics))
        st.html(div("mi-quiet", "Share of criteria met, in your newest answer to each question."))
    else:
        st.html(div("mi-quiet", "Nowhere so far: every criterion that was assessed is met."))


def _queue(queue: tuple[ReviewItem, ...]) -> None:
    due = sum(item.is_due for item in queue)
    st.html(
        div(
            "mi-note-head",
            heading(2, "To review"),
            tag("span", f"{due} due" if due else "None due", class_="mi-quiet"),
        )
    )
    if not queue:
        st.html(div("mi-quiet", "What you miss comes back here after 1, 3, 7 and 14 days."))
    for item in queue[:SHOWN_REVIEWS]:
        with st.container(border=True, key=f"review-{item.skill}"):
            st.html(review(item))
            if st.button(
                "Practise it",
                type="tertiary",
                icon=":material/arrow_forward:",
                icon_position="right",
                key=f"practise-{item.skill}",
            ):
                open_question(item.question_id)
    if len(queue) > SHOWN_REVIEWS:
        st.html(div("mi-quiet", f"{len(queue) - SHOWN_REVIEWS} more come after these."))


def _nothing(client: Client) -> None:
    st.html(
        state(
            "Nothing to show yet",
            "Answer one question and its feedback will be kept here. "
            "After three answers you will see which points you keep losing.",
        )
    )
    questions = client.questions()
    if questions and st.button("Start with a question", type="primary", key="start"):
        open_question(questions[0].id)
