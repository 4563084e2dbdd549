"""An interview's report as a Markdown file to keep."""

import re
from collections.abc import Iterator

from interviewer.domain.grading import CriterionGrading, DimensionGrading, Grading
from interviewer.domain.interview import Panel
from interviewer.domain.ruling import Assertion, Verdict
from interviewer.wire import InterviewReport, ReportStep

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_BLOCK = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
BOXES = {Verdict.MET: "[x]", Verdict.UNMET: "[ ]", Verdict.NOT_ASSESSED: "[?]"}


def interview_as_markdown(report: InterviewReport) -> str:
    """Return the report with the whole transcript and its evidence as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: InterviewReport) -> Iterator[str]:
    total = "no score" if report.percent is None else f"{report.percent:.0f} of 100"
    yield f"# Interview: {_plain(report.role)}"
    yield f"\n{report.created_at:%Y-%m-%d} · {total}"
    yield from _panel(report.panel)
    if report.to_practise:
        yield "\n## Three things to practise\n"
        for each in report.to_practise:
            where = f"{_plain(each.title)}, `interviewer practise {each.question_id}`"
            yield f"- +{each.gain:.1f}: {_plain(each.statement)} ({where})"
    for number, step in enumerate(report.steps, 1):
        yield from _step(number, step)


def _panel(panel: Panel) -> Iterator[str]:
    yield "\n## What a panel would say\n"
    yield _plain(panel.says)
    if panel.grounds:
        yield ""
    for ground in panel.grounds:
        yield f"- {_plain(ground.words)}{_quoted(ground.quote)}"


def _step(number: int, step: ReportStep) -> Iterator[str]:
    yield f"\n## {number}. {_plain(step.title)}\n"
    yield _plain(step.prompt)
    if step.figures is not None:
        told = step.figures
        yield (
            f"\nGraded {told.graded:.1f}, hints −{told.hints:g}, after a nudge +{told.nudge:.1f}: "
            f"comes to {told.total:.1f} of 100."
        )
    for each in step.exchanges:
        yield f"\n- You: {_plain(each.asked)}\n- Interviewer: {_plain(each.replied)}"
    for hint in step.hints:
        yield f"\n- Hint taken: {_plain(hint)}"
    yield "\n### Your answer\n"
    yield from _answered(step.answer, step.grading)
    if step.follow_up is not None:
        yield f"\n### Follow-up: {_plain(step.follow_up)}\n"
        yield from _answered(step.follow_up_answer, step.follow_up_grading)


def _answered(answer: str, grading: Grading | None) -> Iterator[str]:
    yield "\n".join(f"> {_plain(line)}" for line in (answer or "None.").splitlines())
    if grading is None:
        return
    if grading.reason:
        yield f"\n{_plain(grading.reason)}"
    yield from (f"\n{_plain(flag.message)}" for flag in grading.flags)
    for dimension in grading.dimensions:
        yield from _dimension(dimension)
    for wrong in grading.misconceptions:
        if wrong.verdict is Assertion.ASSERTED:
            quotes = "".join(_quoted(evidence.quote) for evidence in wrong.evidence)
            yield f"\nStated wrongly: {_plain(wrong.correction)}{quotes}"


def _dimension(dimension: DimensionGrading) -> Iterator[str]:
    share = "not assessed" if dimension.percent is None else f"{dimension.percent:.0f} of 100"
    yield f"\n**{_plain(dimension.title)}**: {share}\n"
    yield from map(_criterion, dimension.criteria)


def _criterion(criterion: CriterionGrading) -> str:
    quotes = "".join(_quoted(evidence.quote) for evidence in criterion.evidence)
    return f"- {BOXES[criterion.verdict]} {_plain(criterion.statement)}{quotes}"


def _quoted(quote: str) -> str:
    return f" — “{_plain(' '.join(quote.split()))}”" if quote else ""


def _plain(words: str) -> str:
    """Return words in which nothing is Markdown."""
    return _BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", words))
