"""A question as a card of the bank."""

from collections.abc import Mapping

from interviewer.domain.grading import GraderKind
from interviewer.wire import QuestionSummary
from ui.markup.html import Html, div, span
from ui.markup.numbers import percent, plural
from ui.markup.question import DIFFICULTIES, KINDS


def card(question: QuestionSummary, topics: Mapping[str, str]) -> Html:
    """Return the words of a card; its action is a link of Streamlit's, below them."""
    return div(
        "mi-card",
        div(
            "mi-card-facts",
            span(f"mi-level mi-level-{question.difficulty.value}", aria_hidden="true"),
            span("mi-strong", DIFFICULTIES[question.difficulty]),
            span("", KINDS[question.kind]),
            span("", f"{question.minutes} min"),
        ),
        div("mi-card-title", question.title, role="heading", aria_level=2),
        div("mi-quiet", topics.get(question.topic, question.topic)),
    )


def practised(question: QuestionSummary) -> str:
    """Return how often it was tried, and the best score with who gave it."""
    if not question.attempts:
        return "Not tried yet"
    tries = plural(question.attempts, "try", "tries")
    if question.best is None:
        return f"{tries}, no score yet"
    offline = ", offline" if question.best.grader is GraderKind.OFFLINE else ""
    return f"Best {percent(question.best.percent)} in {tries}{offline}"
