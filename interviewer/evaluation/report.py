"""An evaluation as tables, and as Markdown."""

from collections.abc import Iterator, Mapping, Sequence

from interviewer.evaluation.agreement import Figure
from interviewer.evaluation.summary import CheckRow, Evaluation

NAMES = {
    "level_qwk": "Dimension level, quadratic weighted kappa",
    "level_kappa": "Dimension level, Cohen's kappa",
    "level_accuracy": "Dimension level, accuracy",
    "level_macro_f1": "Dimension level, macro-F1",
    "within_r": "Dimensions within an answer, r",
    "dimension_r": "Dimension share, r",
    "bias": "Dimension share, bias",
    "overall_r": "Overall score, r",
    "overall_rho": "Overall score, Spearman",
    "overall_mae": "Overall score, mean absolute error (of 100)",
    "verdict_kappa": "Criterion verdict, Cohen's kappa",
    "verdict_accuracy": "Criterion verdict, accuracy",
    "verdict_macro_f1": "Criterion verdict, macro-F1",
    "met_rate_bias": "Criterion verdict, met-rate bias",
}
PROVISO = (
    "Intervals are 95 % cluster-bootstrap intervals (questions resampled; answers where there are "
    "fewer than five questions). Baselines are fitted leaving the judged question out."
)
Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def markdown(evaluation: Evaluation) -> str:
    """Return the report as Markdown."""
    lines = [f"# Agreement of the {evaluation.grader} grader with labels", "", lead(evaluation), ""]
    for title, (head, rows) in tables(evaluation):
        lines += [f"## {title}", "", "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        lines.append("")
    return "\n".join([*lines, PROVISO, ""])


def lead(evaluation: Evaluation) -> str:
    """Return what was measured on what, in one sentence."""
    return (
        f"{evaluation.scored} of {evaluation.answers} answers to {evaluation.questions} questions "
        f"of {evaluation.data} got a score."
    )


def tables(evaluation: Evaluation) -> Iterator[tuple[str, Table]]:
    """Yield every table that has something to say, with its title."""
    columns = {evaluation.grader: evaluation.figures, **evaluation.baselines}
    if evaluation.labellers:
        columns["labellers among themselves"] = evaluation.labellers
    yield "Agreement", _figures(columns)
    if evaluation.against and evaluation.against_name:
        column = {f"this minus {evaluation.against_name}": evaluation.against}
        yield "Paired difference", _figures(column)
    yield "Levels (labels in rows, grader in columns)", _confusion(evaluation)
    yield (
        "By profile (of 100)",
        (
            ("Profile", "n", "Score", "Label", "Over"),
            [
                (
                    p.profile,
                    str(p.answers),
                    _number(p.score),
                    _number(p.label),
                    _gap(p.score, p.label),
                )
                for p in evaluation.profiles
            ],
        ),
    )
    yield "By dimension", _checks(evaluation.dimensions)
    if evaluation.criteria:
        yield "By criterion", _checks(evaluation.criteria)
    yield "Trust and cost", _trust(evaluation)


def _figures(columns: Mapping[str, Mapping[str, Figure]]) -> Table:
    known = [
        name for name in NAMES if any(column[name].value is not None for column in columns.values())
    ]
    rows = [
        (NAMES[name], *(interval(column[name]) for column in columns.values())) for name in known
    ]
    return ("Measure", *columns), rows


def interval(figure: Figure) -> str:
    """Return a figure with its interval, as `.81 [.74, .86]`."""
    if figure.value is None:
        return "–"
    if figure.low is None or figure.high is None:
        return _short(figure.value)
    return f"{_short(figure.value)} [{_short(figure.low)}, {_short(figure.high)}]"


def _short(value: float) -> str:
    if abs(value) >= 2:
        return f"{value:.1f}"
    return f"{value:.2f}".replace("0.", ".") if abs(value) < 1 else f"{value:.2f}"


def _confusion(evaluation: Evaluation) -> Table:
    rows = [
        (f"label {level}", *map(str, counts))
        for level, counts in enumerate(evaluation.level_confusion)
    ]
    return ("", "grader 0", "grader 1", "grader 2"), rows


def _checks(rows: Sequence[CheckRow]) -> Table:
    return (
        ("Id", "n", "Agreement", "Grader gives", "Labels give"),
        [
            (r.id, str(r.answers), f"{r.agreement:.2f}", f"{r.credited:.2f}", f"{r.labelled:.2f}")
            for r in rows
        ],
    )


def _trust(evaluation: Evaluation) -> Table:
    rows = (
        ("Shown quotes that stand in the answer", _share(evaluation.evidence_valid)),
        (
            "Answers with a false statement in which one was caught",
            _share(evaluation.wrong_claims_caught),
        ),
        (
            "Answers without one in which one was alleged",
            _share(evaluation.wrong_claims_false_alarms),
        ),
        ("Verdicts that flip between repeats", _share(evaluation.flip_rate)),
        (
            "Cost, US dollars",
            "unknown" if evaluation.cost_usd is None else f"{evaluation.cost_usd:.4f}",
        ),
        ("Seconds per grading, median", _number(evaluation.seconds_median, 2)),
    )
    return ("Measure", "Value"), rows


def _share(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.1%}"


def _number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _gap(score: float | None, label: float | None) -> str:
    return "–" if score is None or label is None else f"{score - label:+.0f}"
