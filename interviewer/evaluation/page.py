"""An evaluation as one HTML page that needs nothing else: no script, no font, no request."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from interviewer.evaluation.report import PROVISO, lead, tables
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
        scatter=_scatter(evaluation.scatter),
        bars=_profile_bars(evaluation),
        tables="".join(parts),
        proviso=escape(PROVISO),
    )


def _html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    titles = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _scatter(points: Sequence[tuple[float, float, str]]) -> str:
    dots = "".join(
        f'<circle cx="{30 + 2.6 * label:.1f}" cy="{280 - 2.6 * score:.1f}" r="4">'
        f"<title>{escape(profile)}: label {label:.0f}, score {score:.0f}</title></circle>"
        for label, score, profile in points
    )
    return (
        '<svg viewBox="0 0 310 310" role="img" aria-label="Score against label for each answer">'
        '<rect class="frame" x="30" y="20" width="260" height="260"/>'
        '<line class="ideal" x1="30" y1="280" x2="290" y2="20"/>'
        f'<g class="dots">{dots}</g>'
        '<text x="160" y="305">label, of 100</text>'
        '<text transform="translate(14 150) rotate(-90)">score, of 100</text></svg>'
    )


def _profile_bars(evaluation: Evaluation) -> str:
    rows: list[str] = []
    for place, profile in enumerate(evaluation.profiles):
        top = 10 + 30 * place
        rows.append(
            f'<text class="name" x="118" y="{top + 15}">{escape(profile.profile)}</text>'
            + _bar("score", top, profile.score, 10)
            + _bar("label", top + 11, profile.label, 6)
        )
    height = 20 + 30 * len(evaluation.profiles)
    return (
        f'<svg viewBox="0 0 310 {height}" role="img" '
        f'aria-label="Mean score and mean label by profile">{"".join(rows)}</svg>'
    )


def _bar(kind: str, top: int, percent: float | None, height: int) -> str:
    width = 1.8 * (percent or 0)
    return f'<rect class="{kind}" x="125" y="{top}" width="{width:.1f}" height="{height}"/>'
