"""What the linter found in a question file, each finding with its line."""

from collections.abc import Sequence

from interviewer.wire import FaultReport
from ui.markup.html import Html, div, heading, items, join, span, tag
from ui.markup.numbers import plural

SHOWN = 240
"""Characters of a line that are shown."""


def findings(faults: Sequence[FaultReport], text: str) -> Html:
    """Return every fault with its line, or that there are none."""
    if not faults:
        return join(
            (
                heading(2, "No faults"),
                tag(
                    "p",
                    "The file can be practised with: put it in a folder of your own and name the "
                    "folder in ",
                    tag("code", "INTERVIEWER_PACKS"),
                    ".",
                    class_="mi-lead",
                ),
            )
        )
    lines = text.splitlines()
    rows = (_finding(each, lines) for each in faults)
    head = heading(2, plural(len(faults), "finding"))
    return join((head, items("mi-findings", rows, "Findings")))


def _finding(fault: FaultReport, lines: Sequence[str]) -> Html:
    written = lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""
    return div(
        "mi-finding",
        span("mi-line-number", f"Line {fault.line}" if fault.line else "The file"),
        div(
            "",
            tag("code", fault.where) if fault.where else "",
            " " if fault.where else "",
            fault.message,
            tag("pre", written.strip()[:SHOWN]) if written.strip() else "",
        ),
    )
