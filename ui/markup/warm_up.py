"""The options of a warm-up before and after the choice, and the result of a run."""

from collections.abc import Iterable, Sequence

from interviewer.wire import DimensionOutline, WarmUpCard, WarmUpVerdict
from ui.markup.html import Html, div, heading, items, join, span, tag
from ui.markup.palette import colours

LETTERS = "ABCD"


def option(card: WarmUpCard, place: int, verdict: WarmUpVerdict | None) -> Html:
    """Return one option; once judged, it says in words whether it was best and why or why not."""
    kind = _kind(place, verdict)
    label = {"best": "Best structured", "best-mine": "Your pick, and the best structured"}
    named = label.get(kind, "Your pick" if kind == "mine" else "")
    head = div(
        "mi-option-head",
        span("mi-letter", LETTERS[place]),
        span("mi-option-label", named) if named else "",
    )
    why = tag("p", verdict.why[place], class_="mi-why") if verdict is not None else ""
    return div(f"mi-option mi-option-{kind}", head, tag("p", card.options[place]), why)


def _kind(place: int, verdict: WarmUpVerdict | None) -> str:
    if verdict is None:
        return "open"
    if place == verdict.best:
        return "best-mine" if place == verdict.chosen else "best"
    return "mine" if place == verdict.chosen else "other"


def chain(dimensions: Sequence[DimensionOutline], seen: Iterable[str] | None = None) -> Html:
    """Return the order in which a full answer moves; with `seen`, which steps an answer took."""
    palette = colours(dimensions)
    steps = items(
        "mi-chain", (_step(each, palette[each.id], seen) for each in dimensions), "A full answer"
    )
    return div("mi-chain-box", div("mi-side-title", "How a full answer moves"), steps)


def _step(dimension: DimensionOutline, colour: str, seen: Iterable[str] | None) -> Html:
    if seen is None:
        return div(f"mi-step {colour}", span("mi-dot"), dimension.title)
    there = dimension.id in seen
    mark = span("mi-verdict", "✓" if there else "○", aria_hidden="true")
    word = span("mi-quiet", "in your answer" if there else "not found")
    return div(f"mi-step {colour}", mark, dimension.title, word)


def tips(title: str, rows: Sequence[str]) -> Html:
    """Return how a good answer on a topic is built."""
    numbered = (
        div("mi-tip-row", span("mi-letter", str(n)), each) for n, each in enumerate(rows, 1)
    )
    return join((heading(2, title), items("mi-tips", numbered)))


def tally(best: int, of: int) -> Html:
    """Return the result of a run, without confetti."""
    words = {0: "None this time; read the reasons once more, they repeat across questions."}
    said = words.get(best, "The reasons are worth reading even where you were right.")
    return div(
        "mi-strip",
        div("mi-total", span("mi-total-number", str(best)), span("mi-total-of", f"of {of}")),
        div("mi-tally", tag("b", "best-structured answers recognised"), tag("p", said)),
    )
