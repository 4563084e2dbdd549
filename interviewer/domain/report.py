"""A grading in words: Markdown for files, and the lines that a terminal shows."""

from collections.abc import Iterator

from interviewer.domain.grading import CriterionGrading, DimensionGrading, GraderKind, Grading
from interviewer.domain.ruling import Assertion, Verdict

MARKS = {Verdict.MET: "✓", Verdict.UNMET: "·", Verdict.NOT_ASSESSED: "?"}
OFFLINE_NOTE = (
    "Graded offline, without a language model: indicative only. Set OPENAI_API_KEY or "
    "OPENAI_BASE_URL to have answers graded by one."
)


def headline(grading: Grading) -> str:
    """Return the score, or why there is none, in one line."""
    if grading.score is not None:
        return f"{grading.score.percent:.0f} of 100"
    return f"No score ({grading.status}): {grading.reason}"


def provenance_line(grading: Grading) -> str:
    """Return who graded, how long it took and what it cost."""
    grader = grading.grader
    words = [f"{grader.kind} grader ({grader.model})"]
    if grading.seconds is not None:
        words.append(f"{grading.seconds:.1f} s")
    if grading.usage.calls:
        cost = grading.usage.cost_usd
        words.append(f"{grading.usage.input_tokens + grading.usage.output_tokens:,} tokens")
        words.append("cost unknown" if cost is None else f"${cost:.4f}")
    words.append(f"rubric {grading.provenance.rubric_digest}")
    return " · ".join(words)


def markdown(title: str, grading: Grading) -> str:
    """Return the whole report as Markdown; quotes are fenced so that they stay text."""
    return "\n".join(_markdown(title, grading)) + "\n"


def _markdown(title: str, grading: Grading) -> Iterator[str]:
    yield f"# {title}"
    yield ""
    yield f"**{headline(grading)}**"
    yield ""
    for flag in grading.flags:
        yield f"> {flag.message}"
        yield ""
    for dimension in grading.dimensions:
        yield from _dimension(dimension)
    for wrong in grading.misconceptions:
        if wrong.verdict is Assertion.ASSERTED:
            yield f"## Stated wrongly (−{wrong.points:g})"
            yield ""
            yield from (_quote(evidence.quote) for evidence in wrong.evidence)
            yield ""
            yield wrong.correction
            yield ""
    if grading.grader.kind is GraderKind.OFFLINE:
        yield f"_{OFFLINE_NOTE}_"
        yield ""
    yield f"_{provenance_line(grading)}_"


def _dimension(dimension: DimensionGrading) -> Iterator[str]:
    yield f"## {dimension.title}: {share(dimension)}"
    yield ""
    yield dimension.summary
    yield ""
    for criterion in dimension.criteria:
        yield from _criterion(criterion)
    yield ""


def share(dimension: DimensionGrading) -> str:
    """Return a dimension's points of its assessed points, or that nothing was assessed."""
    if dimension.percent is None:
        return "not assessed"
    return f"{dimension.points:g} of {dimension.max_points:g}"


def _criterion(criterion: CriterionGrading) -> Iterator[str]:
    yield f"- {MARKS[criterion.verdict]} {criterion.statement}"
    for evidence in criterion.evidence:
        yield f"  {_quote(evidence.quote)}"
    if criterion.verdict is not Verdict.MET:
        yield f"  {criterion.reason}"
    if criterion.gain:
        yield f"  Add (+{criterion.gain:.1f}): {criterion.to_add}"


def _quote(quote: str) -> str:
    ticks = "`"
    while ticks in quote:
        ticks += "`"
    return f"{ticks} {' '.join(quote.split())} {ticks}"


def notes(grading: Grading) -> Iterator[str]:
    """Yield what was missing, the largest gain first, one line each."""
    lost = [
        criterion
        for dimension in grading.dimensions
        for criterion in dimension.criteria
        if criterion.gain
    ]
    for criterion in sorted(lost, key=lambda each: -(each.gain or 0)):
        yield f"- +{criterion.gain:.1f}  {criterion.statement}"
