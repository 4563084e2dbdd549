"""What the schema cannot say about a question file: ids, balance, wording and completeness."""

import re
from collections.abc import Iterator

from interviewer.catalog.draft import (
    DraftAnchor,
    DraftCriterion,
    DraftQuestion,
    draft_of,
    readable,
)
from interviewer.catalog.reading import Document, Key
from interviewer.errors import Fault

Finding = tuple[tuple[Key, ...], str]

VAGUE = (
    "good", "deep", "deeply", "appropriate", "appropriately", "proper", "properly", "adequate",
    "adequately", "sufficient", "reasonable", "robust", "solid", "understands", "understanding",
    "demonstrates", "awareness", "nice", "clear", "clearly", "thorough", "thoroughly", "knows",
)  # fmt: skip
"""Words that two readers would apply differently to the same answer."""

_COMPOUND = re.compile(
    r"; |\band also\b|\bas well as\b|\bin addition\b|\. [A-Z]"
    r"|, and (?:explains|states|names|says)\b"
)
MIN_ANCHORS = 4
MAX_OPTION_SPREAD = 1.25
"""Longest over shortest warm-up option, in words; above it, length gives the key away."""
MAX_WEIGHT_SHARE = 0.5


def lint(document: Document) -> Iterator[Fault]:
    """Yield every fault that the schema cannot see; parts that do not fit it are passed over."""
    for keys, message in lint_content(document.content):
        yield document.fault(keys, message)


def lint_content(content: object) -> Iterator[Finding]:
    """Yield the same for a question that came without a file: the key path and what is wrong."""
    question = draft_of(content)
    for check in (
        _ids, _sizes, _criteria, _misconceptions, _follow_ups, _warm_up, _anchors, _hints
    ):  # fmt: skip
        yield from check(question)


def _ids(question: DraftQuestion) -> Iterator[Finding]:
    places: list[tuple[tuple[Key, ...], str | None]] = []
    for d, dimension in question.dimensions:
        places.append((("rubric", "dimensions", d, "id"), dimension.id))
    places += [((*keys, "id"), criterion.id) for keys, criterion in question.criteria]
    places += [
        (("misconceptions", m, "id"), misconception.id)
        for m, misconception in readable(question.misconceptions)
    ]
    seen: set[str] = set()
    for keys, name in places:
        if name in seen:
            yield keys, f"{name!r} stands twice; ids are unique within a question"
        if name is not None:
            seen.add(name)


def _sizes(question: DraftQuestion) -> Iterator[Finding]:
    count = len(question.dimensions)
    if count and not 3 <= count <= 10:
        yield ("rubric", "dimensions"), f"has {count} dimensions; 4 to 8 can be told apart"
    for place, dimension in question.dimensions:
        if len(dimension.criteria) > 6:
            message = f"has {len(dimension.criteria)} criteria; 2 to 4 is usual, 6 the most"
            yield ("rubric", "dimensions", place, "criteria"), message
    weights = [dimension.weight or 0 for _, dimension in question.dimensions]
    for (place, _), weight in zip(question.dimensions, weights, strict=True):
        if count > 1 and weight > MAX_WEIGHT_SHARE * sum(weights):
            message = (
                f"has {weight / sum(weights):.0%} of the weight; {MAX_WEIGHT_SHARE:.0%} at most"
            )
            yield ("rubric", "dimensions", place, "weight"), message


def _criteria(question: DraftQuestion) -> Iterator[Finding]:
    statements: dict[str, str | None] = {}
    for keys, criterion in question.criteria:
        yield from (((*keys, *more), message) for more, message in _criterion(criterion))
        if criterion.statement is None:
            continue
        folded = criterion.statement.casefold()
        if folded in statements:
            message = f"says the same as {statements[folded]!r}; a point counts once"
            yield (*keys, "statement"), message
        statements[folded] = criterion.id


def _criterion(criterion: DraftCriterion) -> Iterator[Finding]:
    statement = criterion.statement or ""
    words = set(re.findall(r"[a-z]+", statement.casefold()))
    for word in VAGUE:
        if word in words:
            message = f"says {word!r}, which two readers judge differently; say what to see"
            yield ("statement",), message
    if _COMPOUND.search(statement):
        yield ("statement",), "holds more than one claim; make one criterion of each"
    if criterion.met_example and criterion.met_example == criterion.near_miss:
        yield ("near_miss",), "is the same as met_example; show words that just miss the point"
    for s, signal in readable(criterion.signals):
        if signal.count > len(signal.any):
            message = f"asks for {signal.count} aliases of only {len(signal.any)}"
            yield ("signals", s), message


def _misconceptions(question: DraftQuestion) -> Iterator[Finding]:
    points = {
        dimension.id: sum(c.points or 0 for _, c in readable(dimension.criteria))
        for _, dimension in question.dimensions
    }
    for m, misconception in readable(question.misconceptions):
        keys: tuple[Key, ...] = ("misconceptions", m)
        if not misconception.not_this:
            message = "has no counter-example; show words that do not assert it in `not_this`"
            yield (*keys, "not_this"), message
        if misconception.dimension is None:
            continue
        if misconception.dimension not in points:
            message = f"{misconception.dimension!r} is no dimension of this question"
            yield (*keys, "dimension"), message
        elif (misconception.points or 0) > points[misconception.dimension]:
            message = (
                f"costs {misconception.points:g}, more than the "
                f"{points[misconception.dimension]:g} points of its dimension"
            )
            yield (*keys, "points"), message


def _follow_ups(question: DraftQuestion) -> Iterator[Finding]:
    criteria = {criterion.id for _, criterion in question.criteria}
    aimed = {follow_up.criterion for _, follow_up in readable(question.follow_ups)}
    for f, follow_up in readable(question.follow_ups):
        if follow_up.criterion is not None and follow_up.criterion not in criteria:
            message = f"{follow_up.criterion!r} is no criterion of this question"
            yield ("follow_ups", f, "criterion"), message
    for d, dimension in question.dimensions:
        if not aimed & {criterion.id for _, criterion in readable(dimension.criteria)}:
            message = f"no follow-up aims at a criterion of {dimension.id!r}; add one"
            yield ("rubric", "dimensions", d, "id"), message


def _warm_up(question: DraftQuestion) -> Iterator[Finding]:
    options = question.warm_up.options if question.warm_up else None
    if options is None:
        if question.warm_up is None:
            yield ("warm_up",), "is missing or cannot be read; write four options of like length"
        return
    lengths = [max(1, len(option.split())) for option in options]
    if lengths and max(lengths) > MAX_OPTION_SPREAD * min(lengths):
        message = (
            f"has options of {min(lengths)} to {max(lengths)} words; length gives the key away"
        )
        yield ("warm_up", "options"), message
    if len({option.casefold() for option in options}) < len(options):
        yield ("warm_up", "options"), "has the same option twice"


def _anchors(question: DraftQuestion) -> Iterator[Finding]:
    anchors = readable(question.anchors)
    if len(anchors) < MIN_ANCHORS:
        yield ("anchors",), f"has {len(anchors)} anchors; {MIN_ANCHORS} is the least, 5 is usual"
    criteria = {criterion.id for _, criterion in question.criteria if criterion.id}
    wrong = {misconception.id for _, misconception in readable(question.misconceptions)}
    for a, anchor in anchors:
        keys: tuple[Key, ...] = ("anchors", a)
        verdicts = anchor.verdicts or {}
        missing = sorted(criteria - set(verdicts))
        if missing:
            message = f"say nothing of {', '.join(missing)}; agree a verdict for each criterion"
            yield (*keys, "verdicts"), message
        for name in sorted(set(verdicts) - criteria):
            yield (*keys, "verdicts", name), f"{name!r} is no criterion of this question"
        for place, name in enumerate(anchor.asserts or ()):
            if name not in wrong:
                message = f"{name!r} is no misconception of this question"
                yield (*keys, "asserts", place), message
    if len(anchors) >= MIN_ANCHORS and _length_tells_all([anchor for _, anchor in anchors]):
        message = "rank just as their lengths do; make a weak one long or a strong one short"
        yield ("anchors",), message


def _length_tells_all(anchors: list[DraftAnchor]) -> bool:
    by_length = sorted(anchors, key=lambda anchor: len((anchor.answer or "").split()))
    met = [list((anchor.verdicts or {}).values()).count("met") for anchor in by_length]
    return met == sorted(met) and len(set(met)) > 1


def _hints(question: DraftQuestion) -> Iterator[Finding]:
    costs = [hint.cost or 0 for _, hint in readable(question.hints)]
    if not costs:
        yield ("hints",), "are missing; write a ladder from a nudge to nearly telling"
    if costs != sorted(costs):
        yield ("hints",), "cost less further up the ladder; a later hint tells more and costs more"
