"""The options of a warm-up before and after the choice, and the result of a run."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from interviewer.domain.grading import Grading
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


def chain(
    dimensions: Sequence[DimensionOutline],
    seen: Iterable[str] | None = None,
    title: str = "How a full answer moves",
) -> Html:
    """Return the order in which a full answer moves; with `seen`, which steps an answer took."""
    palette = colours(dimensions)
    taken = None if seen is None else frozenset(seen)
    steps = items("mi-chain", (_step(each, palette[each.id], taken) for each in dimensions), title)
    return div("mi-chain-box", div("mi-side-title", title), steps)


def moves(grading: Grading) -> tuple[str, ...]:
    """Return the dimensions that an answer earned something in, in the order it gets to them."""
    starts = {
        dimension.id: [
            evidence.start for criterion in dimension.criteria for evidence in criterion.evidence
        ]
        for dimension in grading.dimensions
    }
    found: dict[str, int] = {id_: min(at) for id_, at in starts.items() if at}
    return tuple(sorted(found, key=lambda id_: found[id_]))


def compared(dimensions: Sequence[DimensionOutline], taken: Sequence[str]) -> str:
    """Return how the steps that an answer took compare with those of a full answer."""
    titles: dict[str, str] = {each.id: each.title for each in dimensions}
    ranks: dict[str, int] = {each.id: n for n, each in enumerate(dimensions)}
    steps = [id_ for id_ in taken if id_ in ranks]
    if not steps:
        return "None of the steps was found in your answer; the feedback says what each asks for."
    said = f"Your answer takes {len(steps)} of the {len(titles)} steps"
    if len(steps) == 1:
        return f"{said}."
    for before, after in pairwise(steps):
        if ranks[before] > ranks[after]:
            return f"{said}, but reaches “{titles[before]}” before “{titles[after]}”."
    return f"{said}, in the order of a full answer."


def _step(dimension: DimensionOutline, colour: str, seen: frozenset[str] | None) -> Html:
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
