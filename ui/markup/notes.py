"""What a grading says in words: why this score, what was missing, what was wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.domain.grading import (
    CriterionGrading,
    DimensionGrading,
    GraderKind,
    Grading,
    MisconceptionGrading,
)
from interviewer.domain.ruling import Assertion, Evidence, Flag, FlagKind, Verdict
from interviewer.wire import StrongerOutline
from ui.markup.html import Html, div, items, join, span, tag
from ui.markup.numbers import dollars, duration, gain, percent, plural, points
from ui.markup.palette import Colours

MARKS = {Verdict.MET: "✓", Verdict.UNMET: "○", Verdict.NOT_ASSESSED: "?"}

SHOWN_MISSING = 5
"""Missing points that are shown at once; the smaller ones fold away."""

FLAG_TITLES = {
    FlagKind.ADDRESSES_GRADER: "Speaks to the grader",
    FlagKind.OFF_TOPIC: "Off the question",
    FlagKind.TOO_SHORT: "Too short",
    FlagKind.KEYWORD_LIST: "A list of terms",
    FlagKind.REPEATS_QUESTION: "Repeats the question",
    FlagKind.REPEATS_RUBRIC: "Repeats the rubric",
    FlagKind.GIBBERISH: "Not readable",
    FlagKind.UNSUPPORTED_LANGUAGE: "Language",
    FlagKind.UNSUPPORTED_QUOTE: "Quote not found",
    FlagKind.UNCERTAIN: "Uncertain",
}


@dataclass(frozen=True)
class Missing:
    """An unmet criterion with the colour of its dimension."""

    colour: str
    dimension: str
    criterion: CriterionGrading


def unfound(kind: GraderKind) -> str:
    """Return what an unmet criterion is called; offline, absence of proof is all there is."""
    return "no evidence found (offline)" if kind is GraderKind.OFFLINE else "not found"


def missing_of(dimensions: Iterable[DimensionGrading], palette: Colours) -> tuple[Missing, ...]:
    """Return the unmet criteria, the most valuable first."""
    found = [
        Missing(palette[dimension.id], dimension.title, criterion)
        for dimension in dimensions
        for criterion in dimension.criteria
        if criterion.verdict is Verdict.UNMET
    ]
    return tuple(sorted(found, key=lambda each: -(each.criterion.gain or 0)))


def reasons(
    dimensions: Iterable[DimensionGrading],
    palette: Colours,
    kind: GraderKind,
    *,
    claims: bool = False,
) -> Html:
    """Return why each dimension scored as it did, its criteria folded below it.

    With `claims`, what is not met can be appealed against.
    """
    return items("mi-notes", (_reason(each, palette[each.id], kind, claims) for each in dimensions))


def _reason(dimension: DimensionGrading, colour: str, kind: GraderKind, claims: bool) -> Html:
    head = div(
        "mi-note-head",
        span("mi-dot"),
        tag("h3", dimension.title, class_="mi-h3"),
        span("mi-note-value", percent(dimension.percent)),
    )
    found = sum(each.verdict is Verdict.MET for each in dimension.criteria)
    fold = tag(
        "details",
        tag(
            "summary", f"{found} of {plural(len(dimension.criteria), 'criterion', 'criteria')} met"
        ),
        items("mi-criteria", (_criterion(each, kind, claims) for each in dimension.criteria)),
        class_="mi-fold",
    )
    return div(f"mi-note {colour}", head, tag("p", dimension.summary), fold)


def _criterion(criterion: CriterionGrading, kind: GraderKind, claims: bool) -> Html:
    word = {
        Verdict.MET: "met",
        Verdict.UNMET: unfound(kind),
        Verdict.NOT_ASSESSED: "not assessed",
    }[criterion.verdict]
    worth = f"{points(criterion.points)} of {points(criterion.max_points)} points"
    return div(
        f"mi-criterion mi-{criterion.verdict.value.replace('_', '-')}",
        span("mi-verdict", MARKS[criterion.verdict], aria_hidden="true"),
        div(
            "mi-criterion-body",
            div("mi-statement", criterion.statement),
            div("mi-quiet", f"{word[:1].upper()}{word[1:]} · {worth}"),
            join(_quote(each) for each in criterion.evidence),
            div("mi-quiet", criterion.reason) if criterion.reason else "",
            claim(criterion) if claims and criterion.verdict is not Verdict.MET else "",
        ),
    )


def claim(criterion: CriterionGrading) -> Html:
    """Return the button that appeals against a criterion; the page listens to its clicks."""
    return tag(
        "button",
        "I said this",
        type="button",
        class_="mi-claim",
        data_mi_claim=criterion.id,
        aria_label=f"I said this: {criterion.statement}",
    )


def _quote(evidence: Evidence) -> Html:
    return tag("blockquote", evidence.quote, class_="mi-quote", dir="auto")


def missing(rows: Sequence[Missing], *, claims: bool = False) -> Html:
    """Return what was missing, each with what it would gain and words that would earn it."""
    first = items("mi-missing", (_missing(each, claims) for each in rows[:SHOWN_MISSING]))
    rest = rows[SHOWN_MISSING:]
    if not rest:
        return first
    return join(
        (
            first,
            tag(
                "details",
                tag("summary", f"{len(rest)} smaller {'point' if len(rest) == 1 else 'points'}"),
                items("mi-missing", (_missing(each, claims) for each in rest)),
                class_="mi-fold",
            ),
        )
    )


def _missing(row: Missing, claims: bool) -> Html:
    worth = row.criterion.gain
    chip = span("mi-gain", gain(worth), title="Points of 100 this would add") if worth else ""
    return div(
        f"mi-miss {row.colour}",
        span("mi-ring", aria_hidden="true"),
        div(
            "mi-miss-body",
            div("mi-statement", row.criterion.statement),
            div("mi-add", tag("b", "You could add: "), row.criterion.to_add),
            div(
                "mi-miss-foot",
                span("mi-quiet", row.dimension),
                claim(row.criterion) if claims else "",
            ),
        ),
        chip,
    )


def wrong(rows: Iterable[MisconceptionGrading]) -> Html:
    """Return the wrong claims, each with the candidate's words and the correction."""
    return items("mi-wrongs", (_wrong(each) for each in rows))


def asserted(rows: Iterable[MisconceptionGrading]) -> tuple[MisconceptionGrading, ...]:
    """Return those that the answer asserts; the others could not be checked."""
    return tuple(each for each in rows if each.verdict is Assertion.ASSERTED)


def _wrong(row: MisconceptionGrading) -> Html:
    return div(
        "mi-wrong-row",
        join(_quote(each) for each in row.evidence),
        tag("p", row.correction),
        div("mi-quiet", f"Costs up to {plural_points(row.points)} of its dimension"),
    )


def plural_points(value: float) -> str:
    """Return points with their noun."""
    return f"{points(value)} {'point' if value == 1 else 'points'}"


def stronger(outline: StrongerOutline) -> Html:
    """Return the outline that a model wrote, with who wrote it and what that cost."""
    parts = [f"Written by {outline.model} from your answer and what was missing"]
    parts.append(dollars(outline.usage.cost_usd))
    return div(
        "mi-stack",
        items("mi-prose mi-outline", (tag("div", each, dir="auto") for each in outline.outline)),
        div("mi-quiet", " · ".join(parts)),
    )


def flags(rows: Iterable[Flag]) -> Html:
    """Return the remarks on an answer, one line each."""
    return items(
        "mi-flags",
        (
            div("mi-flag", tag("b", FLAG_TITLES[each.kind]), span("mi-flag-text", each.message))
            for each in rows
        ),
    )


def provenance(grading: Grading) -> Html:
    """Return one quiet line: who graded, how long it took, what it cost."""
    offline = grading.grader.kind is GraderKind.OFFLINE
    who = "Offline grader" if offline else grading.grader.model
    parts = [who, duration(grading.seconds)]
    if not offline:
        parts.append(dollars(grading.usage.cost_usd))
    line = div("mi-quiet", " · ".join(parts))
    if not offline:
        return line
    note = "Indicative: it looks for evidence in your words and cannot weigh an argument."
    return div("mi-provenance", line, div("mi-quiet", note))
