"""What the schema cannot say about a question file: balance, wording and completeness."""

import re
from collections.abc import Iterator

from interviewer.catalog.reading import Document, Key
from interviewer.domain.question import Anchor, Question
from interviewer.domain.rubric import Criterion
from interviewer.errors import Fault

Finding = tuple[tuple[Key, ...], str]

VAGUE = (
    "good", "deep", "deeply", "appropriate", "appropriately", "proper", "properly",
    "adequate", "adequately", "sufficient", "reasonable", "robust", "solid", "understands",
    "demonstrates", "awareness", "nice", "clear", "clearly", "thorough", "thoroughly",
)  # fmt: skip
"""Words that two readers would apply differently to the same answer."""

_COMPOUND = re.compile(r"; |\band also\b|\bas well as\b|\bin addition\b|\. [A-Z]", re.IGNORECASE)
MIN_ANCHORS = 4
MAX_OPTION_SPREAD = 1.25
"""Longest over shortest warm-up option, in words; above it, length gives the key away."""


def lint(document: Document, question: Question) -> Iterator[Fault]:
    """Yield every fault of a question that fits the schema."""
    for check in (_sizes, _criteria, _misconceptions, _follow_ups, _warm_up, _anchors, _hints):
        for keys, message in check(question):
            yield document.fault(keys, message)


def _sizes(question: Question) -> Iterator[Finding]:
    count = len(question.dimensions)
    if not 3 <= count <= 10:
        yield ("rubric", "dimensions"), f"has {count} dimensions; 4 to 8 can be told apart"
    for place, dimension in enumerate(question.dimensions):
        keys: tuple[Key, ...] = ("rubric", "dimensions", place, "criteria")
        if not 1 <= len(dimension.criteria) <= 6:
            yield keys, f"has {len(dimension.criteria)} criteria; 2 to 4 is usual, 6 the most"
    heaviest = max(d.weight for d in question.dimensions)
    share = heaviest / sum(d.weight for d in question.dimensions)
    if share > 0.5:
        yield (
            ("rubric", "dimensions"),
            f"gives one dimension {share:.0%} of the weight; 50% at most",
        )


def _criteria(question: Question) -> Iterator[Finding]:
    statements: dict[str, str] = {}
    for d, dimension in enumerate(question.dimensions):
        for c, criterion in enumerate(dimension.criteria):
            keys: tuple[Key, ...] = ("rubric", "dimensions", d, "criteria", c)
            yield from ((keys + more, message) for more, message in _criterion(criterion))
            folded = criterion.statement.casefold()
            if folded in statements:
                message = f"says the same as {statements[folded]!r}; a point counts once"
                yield (*keys, "statement"), message
            statements[folded] = criterion.id


def _criterion(criterion: Criterion) -> Iterator[Finding]:
    words = set(re.findall(r"[a-z]+", criterion.statement.casefold()))
    for word in VAGUE:
        if word in words:
            yield (
                ("statement",),
                f"says {word!r}, which two readers judge differently; say what to see",
            )
    if _COMPOUND.search(criterion.statement):
        yield ("statement",), "holds more than one claim; make one criterion of each"
    if criterion.met_example.casefold() == criterion.near_miss.casefold():
        yield ("near_miss",), "is the same as met_example; show words that just miss the point"
    for s, signal in enumerate(criterion.signals):
        if signal.count > len(signal.any):
            message = f"asks for {signal.count} aliases of only {len(signal.any)}"
            yield ("signals", s), message


def _misconceptions(question: Question) -> Iterator[Finding]:
    for m, misconception in enumerate(question.misconceptions):
        keys: tuple[Key, ...] = ("misconceptions", m)
        if not misconception.not_this:
            yield (*keys, "not_this"), "has no counter-example; show words that do not assert it"
        dimension = next(d for d in question.dimensions if d.id == misconception.dimension)
        if misconception.points > dimension.points:
            message = (
                f"costs {misconception.points:g} of the {dimension.points:g} points it can cost"
            )
            yield (*keys, "points"), message


def _follow_ups(question: Question) -> Iterator[Finding]:
    aimed = {follow_up.criterion for follow_up in question.follow_ups}
    for d, dimension in enumerate(question.dimensions):
        if not aimed & {criterion.id for criterion in dimension.criteria}:
            message = f"no follow-up aims at a criterion of {dimension.id!r}; add one"
            yield ("rubric", "dimensions", d, "id"), message


def _warm_up(question: Question) -> Iterator[Finding]:
    if question.warm_up is None:
        yield (), "has no warm_up; write four options of like length"
        return
    options = question.warm_up.options
    lengths = [len(option.split()) for option in options]
    if max(lengths) > MAX_OPTION_SPREAD * min(lengths):
        message = (
            f"has options of {min(lengths)} to {max(lengths)} words; length gives the key away"
        )
        yield ("warm_up", "options"), message
    if len({option.casefold() for option in options}) < len(options):
        yield ("warm_up", "options"), "has the same option twice"


def _anchors(question: Question) -> Iterator[Finding]:
    if len(question.anchors) < MIN_ANCHORS:
        message = f"has {len(question.anchors)} anchors; {MIN_ANCHORS} is the least, 5 is usual"
        yield ("anchors",), message
    criteria = {criterion.id for criterion in question.rubric.criteria()}
    for a, anchor in enumerate(question.anchors):
        missing = sorted(criteria - set(anchor.verdicts))
        if missing:
            message = f"says nothing of {', '.join(missing)}; agree a verdict for each criterion"
            yield ("anchors", a, "verdicts"), message
    if len(question.anchors) >= MIN_ANCHORS and _length_tells_all(question.anchors):
        yield (
            ("anchors",),
            "rank just as their lengths do; make a weak one long or a strong one short",
        )


def _length_tells_all(anchors: tuple[Anchor, ...]) -> bool:
    by_length = sorted(anchors, key=lambda anchor: len(anchor.answer.split()))
    met = [sum(verdict == "met" for verdict in anchor.verdicts.values()) for anchor in by_length]
    return met == sorted(met) and len(set(met)) > 1


def _hints(question: Question) -> Iterator[Finding]:
    if not question.hints:
        yield (), "has no hints; write a ladder from a nudge to nearly telling"
    costs = [hint.cost for hint in question.hints]
    if costs != sorted(costs):
        yield ("hints",), "cost less further up the ladder; a later hint tells more and costs more"
