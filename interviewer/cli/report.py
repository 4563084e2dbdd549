"""Shows a grading in the terminal."""

from collections.abc import Iterator

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from interviewer.domain.grading import CriterionGrading, DimensionGrading, GraderKind, Grading
from interviewer.domain.report import MARKS, OFFLINE_NOTE, headline, provenance_line, share
from interviewer.domain.ruling import Assertion, Verdict

_STYLES = {Verdict.MET: "green", Verdict.UNMET: "yellow", Verdict.NOT_ASSESSED: "dim"}


def show(console: Console, title: str, grading: Grading) -> None:
    """Print the report; all words of the candidate are printed as plain text."""
    console.print(Panel(Text(headline(grading), style="bold"), title=Text(title), expand=False))
    for flag in grading.flags:
        console.print(Text(f"! {flag.message}", style="magenta"))
    for dimension in grading.dimensions:
        console.print(_dimension(dimension))
    for wrong in grading.misconceptions:
        if wrong.verdict is Assertion.ASSERTED:
            console.print(Text(f"\nStated wrongly (−{wrong.points:g})", style="bold red"))
            for evidence in wrong.evidence:
                console.print(Text(f"  “{' '.join(evidence.quote.split())}”", style="italic"))
            console.print(Text(f"  {wrong.correction}"))
    console.print()
    if grading.grader.kind is GraderKind.OFFLINE:
        console.print(Text(OFFLINE_NOTE, style="dim"))
    console.print(Text(provenance_line(grading), style="dim"))


def _dimension(dimension: DimensionGrading) -> Group:
    title = Text(f"\n{dimension.title}  ", style="bold")
    title.append(share(dimension), style="not bold cyan")
    return Group(
        title,
        Text(dimension.summary, style="dim"),
        *(_criterion(criterion) for criterion in dimension.criteria),
    )


def _criterion(criterion: CriterionGrading) -> Group:
    head = Text(f"{MARKS[criterion.verdict]} ", style=_STYLES[criterion.verdict])
    head.append(criterion.statement, style="default")
    return Group(_indented(head, 2), *(_indented(each, 6) for each in _below(criterion)))


def _below(criterion: CriterionGrading) -> Iterator[Text]:
    for evidence in criterion.evidence:
        yield Text(f"“{' '.join(evidence.quote.split())}”", style="italic")
    if criterion.verdict is Verdict.NOT_ASSESSED:
        yield Text(criterion.reason, style="dim")
    if criterion.gain:
        yield Text(f"+{criterion.gain:.1f}  {criterion.to_add}", style="dim")


def _indented(words: Text, left: int) -> Padding:
    """Indent every line of a wrapped text, not the first one alone."""
    return Padding(words, (0, 0, 0, left), expand=False)
