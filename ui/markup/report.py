"""Feedback as a Markdown file to keep."""

import re
from collections.abc import Iterator

from interviewer.domain.attempt import Attempt
from interviewer.domain.grading import CriterionGrading, DimensionGrading, Grading
from interviewer.domain.ruling import Verdict
from interviewer.wire import QuestionDetail
from ui.markup.notes import asserted, missing_of
from ui.markup.numbers import day, gain, percent
from ui.markup.palette import colours

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!])")
BOXES = {Verdict.MET: "[x]", Verdict.UNMET: "[ ]", Verdict.NOT_ASSESSED: "[?]"}


def plain(words: str) -> str:
    """Return words in which nothing is Markdown."""
    return _SPECIAL.sub(r"\\\1", words)


def as_markdown(question: QuestionDetail, attempt: Attempt, grading: Grading) -> str:
    """Return the whole feedback as Markdown."""
    return "\n".join(_lines(question, attempt, grading)) + "\n"


def _lines(question: QuestionDetail, attempt: Attempt, grading: Grading) -> Iterator[str]:
    total = "no score" if grading.score is None else f"{percent(grading.score.percent)}"
    yield f"# {plain(question.title)}"
    yield f"\n{day(attempt.created_at)} · {total} · {plain(grading.grader.model)}"
    yield "\n## Question\n"
    yield plain(question.prompt)
    yield "\n## Your answer\n"
    yield "\n".join(f"> {plain(line)}" for line in attempt.answer.splitlines())
    yield "\n## Why this score"
    for dimension in grading.dimensions:
        yield from _dimension(dimension)
    yield from _to_mend(grading)


def _dimension(dimension: DimensionGrading) -> Iterator[str]:
    yield f"\n### {plain(dimension.title)}: {percent(dimension.percent)}\n"
    yield f"{plain(dimension.summary)}\n"
    for criterion in dimension.criteria:
        yield f"- {BOXES[criterion.verdict]} {plain(criterion.statement)}{_quotes(criterion)}"


def _quotes(criterion: CriterionGrading) -> str:
    return "".join(f" — “{plain(' '.join(e.quote.split()))}”" for e in criterion.evidence)


def _to_mend(grading: Grading) -> Iterator[str]:
    false = asserted(grading.misconceptions)
    if false:
        yield "\n## What was not right\n"
        for each in false:
            yield f"- {plain(each.correction)}"
    rows = missing_of(grading.dimensions, colours(grading.dimensions))
    if rows:
        yield "\n## What to add\n"
        for row in rows:
            worth = f" ({gain(row.criterion.gain)})" if row.criterion.gain else ""
            yield f"- {plain(row.criterion.to_add)}{worth}"
