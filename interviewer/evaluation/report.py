"""An evaluation as tables, and as Markdown."""

from collections.abc import Iterator, Mapping, Sequence

from interviewer.evaluation.agreement import Figure
from interviewer.evaluation.breakdown import CheckRow, Counts
from interviewer.evaluation.summary import Evaluation
from interviewer.evaluation.trust import Share

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
CONTROLLED = ("level_qwk", "within_r", "dimension_r", "verdict_kappa")
"""What knowing the answer but not the dimension may reach."""
PROVISO = (
    "Intervals are 95 % cluster-bootstrap intervals (questions resampled; answers where there are "
    "fewer than five questions). Baselines are fitted leaving the judged question out. Answers "
    "that repeat another count for flips, cost and time only."
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
    """Return what was measured on what, in one sentence or two."""
    unlabelled = evaluation.answers - evaluation.labelled
    return (
        f"{evaluation.scored} of {evaluation.answers} answers to {evaluation.questions} questions "
        f"of {evaluation.data} got a score."
        + (f" {unlabelled} of them have no labels." if unlabelled else "")
    )


def tables(evaluation: Evaluation) -> Iterator[tuple[str, Table]]:
    """Yield every table that has something to say, with its title."""
    yield "Agreement", _figures(columns(evaluation), tuple(NAMES))
    if evaluation.against and evaluation.against_name:
        column = {f"this minus {evaluation.against_name}": evaluation.against}
        yield "Paired difference", _figures(column, tuple(NAMES))
    if evaluation.dimensions or evaluation.criteria:
        controls = {evaluation.grader: evaluation.figures, **evaluation.controls}
        yield "Controls", _figures(controls, CONTROLLED)
    if evaluation.dimensions:
        yield "Levels (labels in rows, grader in columns)", _confusion(evaluation.levels)
    yield "By profile (of 100)", _profiles(evaluation)
    if evaluation.dimensions:
        rows = [(p.profile, p.levels) for p in evaluation.profiles]
        yield "Levels by profile (label → grader)", _transitions("Profile", rows)
        yield "By dimension", _checks(evaluation.dimensions)
    if evaluation.criteria:
        rows = [(p.profile, p.verdicts) for p in evaluation.profiles]
        yield "Verdicts by profile (label → grader)", _transitions("Profile", rows)
        yield "By criterion", _checks(evaluation.criteria)
    yield "Trust", _trust(evaluation)
    yield "Cost", _cost(evaluation)


def columns(evaluation: Evaluation) -> dict[str, Mapping[str, Figure]]:
    """Return the figures of the grader and of what stands beside it, by name."""
    found = {evaluation.grader: evaluation.figures, **evaluation.baselines}
    if evaluation.labellers:
        found["labellers among themselves"] = evaluation.labellers
    return found


def _figures(found: Mapping[str, Mapping[str, Figure]], names: Sequence[str]) -> Table:
    known = [
        name for name in names if any(column[name].value is not None for column in found.values())
    ]
    rows = [(NAMES[name], *(interval(column[name]) for column in found.values())) for name in known]
    return ("Measure", *found), rows


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
    return f"{value + 0.0:.2f}".replace("0.", ".") if abs(value) < 0.995 else f"{value:.2f}"


def _confusion(counts: Counts) -> Table:
    rows = [(f"label {level}", *map(str, row)) for level, row in enumerate(counts)]
    return ("", *(f"grader {level}" for level in range(len(counts)))), rows


def _profiles(evaluation: Evaluation) -> Table:
    rows = [
        (
            row.profile,
            str(row.answers) if row.scored == row.answers else f"{row.answers} ({row.scored})",
            _number(row.score),
            _number(row.label),
            _gap(row.score, row.label),
        )
        for row in evaluation.profiles
    ]
    return ("Profile", "n (scored and labelled)", "Score", "Label", "Over"), rows


def _transitions(title: str, rows: Sequence[tuple[str, Counts]]) -> Table:
    names = _names(rows[0][1])
    head = [f"{label} → {said}" for label in names for said in names]
    table = [(name, *(str(n) for row in counts for n in row)) for name, counts in rows]
    return (title, *head), table


def _names(counts: Counts) -> Sequence[str]:
    return ("unmet", "met") if len(counts) == 2 else tuple(map(str, range(len(counts))))


def _checks(rows: Sequence[CheckRow]) -> Table:
    names = _names(rows[0].counts)
    head = [f"{label} → {said}" for label in names for said in names]
    return (
        ("Id", "n", "Agreement", "Grader gives", "Labels give", *head),
        [
            (
                r.id,
                str(r.answers),
                f"{r.agreement:.2f}",
                f"{r.credited:.2f}",
                f"{r.labelled:.2f}",
                *(str(n) for row in r.counts for n in row),
            )
            for r in rows
        ],
    )


def _trust(evaluation: Evaluation) -> Table:
    trust = evaluation.trust
    rows = [
        ("Shown quotes that stand in the answer", trust.evidence_valid),
        ("Answers with a false statement in which one was caught", trust.wrong_claims_caught),
        ("Answers without one in which one was alleged", trust.false_alarms),
        ("Verdicts that flip between repeats", trust.flipped),
        ("Verdicts that were not assessed", trust.not_assessed),
    ]
    return ("Measure", "Share", "Of"), [
        (name, _share(share), str(share.of)) for name, share in rows
    ]


def _cost(evaluation: Evaluation) -> Table:
    cost = evaluation.cost
    rows = (
        ("US dollars", _dollars(cost.usd)),
        ("US dollars per answer", _dollars(cost.usd_per_answer)),
        ("Calls", str(cost.calls)),
        ("Input tokens, of which cached", f"{cost.input_tokens}, {cost.cached_input_tokens}"),
        ("Output tokens", str(cost.output_tokens)),
        ("Seconds per grading, median", _number(cost.seconds_median, 2)),
        ("Seconds per grading, 95 % are under", _number(cost.seconds_p95, 2)),
    )
    return ("Measure", "Value"), rows


def _share(share: Share) -> str:
    return "not measured" if share.value is None else f"{share.value:.1%}"


def _dollars(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.4f}"


def _number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _gap(score: float | None, label: float | None) -> str:
    return "–" if score is None or label is None else f"{score - label:+.0f}"
