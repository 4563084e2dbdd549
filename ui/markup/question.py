"""A question's line of facts, its heading, and what it is graded on."""

from collections.abc import Iterable, Mapping

from interviewer.domain.question import Difficulty, Kind
from interviewer.wire import DimensionOutline, QuestionDetail, QuestionSummary
from ui.markup.html import Html, div, heading, items, join, span
from ui.markup.numbers import plural

KINDS = {
    Kind.TECHNICAL: "Technical",
    Kind.SYSTEM_DESIGN: "System design",
    Kind.EXPERIENCE: "Experience",
    Kind.LEADERSHIP: "Leadership",
}
DIFFICULTIES = {Difficulty.EASY: "Easy", Difficulty.MEDIUM: "Medium", Difficulty.HARD: "Hard"}


STUDY = "Study mode"


def badge(words: str) -> Html:
    """Return a small label that stands out from the facts beside it."""
    return span("mi-badge", words)


def facts(question: QuestionSummary, topics: Mapping[str, str], *badges: str) -> Html:
    """Return topic, difficulty, kind and minutes on one line, then what is unusual."""
    return div(
        "mi-facts",
        span("", topics.get(question.topic, question.topic)),
        span("", DIFFICULTIES[question.difficulty]),
        span("", KINDS[question.kind]),
        span("", plural(question.minutes, "minute")),
        *map(badge, badges),
    )


def asked(question: QuestionDetail) -> Html:
    """Return the question as the page's heading, with the whole of what is asked."""
    return join(
        (heading(1, question.title, "mi-question"), div("mi-brief", question.prompt, dir="auto"))
    )


def graded_on(dimensions: Iterable[DimensionOutline]) -> Html:
    """Return the key to the dimensions' colours, with their share of the total."""
    rows = tuple(dimensions)
    weight = sum(each.weight for each in rows)
    return join(
        (
            div("mi-side-title", "Graded on"),
            items("mi-key", (_key(n, each, weight) for n, each in enumerate(rows))),
        )
    )


def _key(position: int, dimension: DimensionOutline, weight: float) -> Html:
    share = f"{100 * dimension.weight / weight:.0f}%"
    return div(
        f"mi-d{position % 8}",
        span("mi-dot"),
        span("mi-key-title", dimension.title),
        span("mi-quiet", share),
    )
