"""Shows the report of an interview in the terminal, and writes it into a file."""

from pathlib import Path

from rich.panel import Panel
from rich.text import Text

from interviewer.cli.report import show
from interviewer.cli.terminal import Terminal
from interviewer.client.interview_file import interview_as_markdown
from interviewer.errors import InputError
from interviewer.wire import InterviewReport, ReportStep, ToPractise


def show_report(terminal: Terminal, report: InterviewReport) -> None:
    """Print the report, then offer to keep it."""
    for number, step in enumerate(report.steps, 1):
        _step(terminal, number, step)
    said = "No score" if report.percent is None else f"{report.percent:.0f} of 100"
    terminal.say("")
    terminal.show(Panel(Text(said, style="bold"), title=Text("Your interview"), expand=False))
    terminal.say(report.panel.says, "bold")
    for ground in report.panel.grounds:
        terminal.say(f"  {ground.words}")
        if ground.quote:
            terminal.say(f"      “{ground.quote}”", "italic")
    if report.unanswered:
        terminal.say(f"Without an answer, counted as 0: {report.unanswered}.")
    if report.ungraded:
        terminal.say(f"Without a score, in no figure: {report.ungraded}.")
    if report.to_practise:
        terminal.say("\nThree things to practise", "bold")
        terminal.show(*map(_gap, report.to_practise))
    _keep(terminal, report)


def _step(terminal: Terminal, number: int, step: ReportStep) -> None:
    terminal.say(f"\n{number}. {step.title}", "bold")
    if step.grading is None:
        terminal.say("No answer.", "dim")
    else:
        show(terminal.console, step.title, step.grading)
    if step.follow_up is not None:
        terminal.say(f"Follow-up: {step.follow_up}", "cyan")
        terminal.say(step.follow_up_answer or "No reply.")
    if step.figures is not None:
        told = step.figures
        terminal.say(
            f"Graded {told.graded:.0f}, hints −{told.hints:g}, after a nudge +{told.nudge:.1f}: "
            f"comes to {told.total:.0f} of 100.",
            "bold",
        )


def _gap(gap: ToPractise) -> Text:
    text = Text(f"  +{gap.gain:.1f}  {gap.statement}")
    return text.append(f"\n         interviewer practise {gap.question_id}", style="cyan")


def _keep(terminal: Terminal, report: InterviewReport) -> None:
    chosen = terminal.choose({"q": "done", "m": "keep it as Markdown", "j": "as JSON"})
    if chosen == "q":
        return
    path = Path(f"interview-{report.id}.{'md' if chosen == 'm' else 'json'}")
    words = interview_as_markdown(report) if chosen == "m" else report.model_dump_json(indent=2)
    try:
        path.write_text(words, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be written: {error.strerror}.") from None
    terminal.say(f"Wrote {path}.")
