"""An interview's report as a Markdown file to keep."""

from collections.abc import Iterator

from interviewer.wire import InterviewReport, ReportStep
from ui.markup.interview import panel
from ui.markup.numbers import day, percent
from ui.markup.report import plain


def interview_as_markdown(report: InterviewReport) -> str:
    """Return the report with the whole transcript as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: InterviewReport) -> Iterator[str]:
    yield f"# Interview: {plain(report.role)}"
    yield f"\n{day(report.created_at)} · {percent(report.percent)}\n"
    yield plain(panel(report))
    for number, step in enumerate(report.steps, 1):
        yield from _step(number, step)
    if report.to_practise:
        yield "\n## To practise\n"
        yield from (f"- {plain(each.statement)}" for each in report.to_practise)


def _step(number: int, step: ReportStep) -> Iterator[str]:
    yield f"\n## {number}. {plain(step.title)}\n"
    yield plain(step.prompt)
    if step.figures is not None:
        yield (
            f"\nGraded {percent(step.figures.graded)}, hints −{step.figures.hints:g}, "
            f"after a nudge +{step.figures.nudge:.1f}: {percent(step.figures.total)}"
        )
    for each in step.exchanges:
        yield f"\n- You: {plain(each.asked)}\n- Interviewer: {plain(each.replied)}"
    yield "\n### Your answer\n"
    yield "\n".join(f"> {plain(line)}" for line in (step.answer or "None.").splitlines())
    if step.follow_up is not None:
        yield f"\n### Follow-up: {plain(step.follow_up)}\n"
        words = step.follow_up_answer or "None."
        yield "\n".join(f"> {plain(line)}" for line in words.splitlines())
