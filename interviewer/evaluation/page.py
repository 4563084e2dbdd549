"""An evaluation as one HTML page that needs nothing else: no script, no font, no request."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from interviewer.evaluation.plots import forest, profile_bars, scatter
from interviewer.evaluation.report import PROVISO, columns, lead, tables
from interviewer.evaluation.summary import Evaluation


def html(evaluation: Evaluation) -> str:
    """Return the report as one HTML page with its plots inside."""
    parts = [
        f"<h2>{escape(title)}</h2>{_html_table(head, rows)}"
        for title, (head, rows) in tables(evaluation)
    ]
    page = Path(__file__).with_name("report.html").read_text(encoding="utf-8")
    return Template(page).substitute(
        title=escape(f"Agreement of the {evaluation.grader} grader with labels"),
        lead=escape(lead(evaluation)),
        forest=forest({**columns(evaluation), **evaluation.controls}),
        scatter=scatter(evaluation.scatter),
        bars=profile_bars(evaluation.profiles),
        tables="".join(parts),
        proviso=escape(PROVISO),
    )


def _html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    titles = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"
