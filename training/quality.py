"""Print the README's table of the offline grader's measured quality.

    python -m training.quality

The rows of the grader and of the other designs are what `training/fit_rule.py` recorded with each
question left out; the last baselines are fitted here, leaving each question out as well.
"""

import json
from pathlib import Path

import numpy as np

from interviewer.evaluation.agreement import figures
from interviewer.evaluation.baselines import length_only, majority
from interviewer.evaluation.datasets import LabelledAnswer, read_rows
from interviewer.evaluation.judged import Judged, Prediction

DEV_SET = Path(__file__).parents[1] / "tests" / "evaluation" / "dev_set"
HEAD = (
    "| leave one question out | dimension levels, QWK | overall score, r | within an answer, r |\n"
    "|---|---|---|---|"
)


def table() -> str:
    """Return the table as Markdown."""
    record = json.loads((DEV_SET / "left_out.json").read_text(encoding="utf-8"))
    answers = read_rows(DEV_SET / "answers.jsonl", DEV_SET / "labels.jsonl")
    lines = [HEAD]
    for name, key in (("offline grader", "semantic"), ("without sentence vectors", "lexical")):
        found, (low, high) = record[key]["agreement"], record[key]["qwk_interval"]
        qwk = f"{found['QWK']:.2f} [{low:.2f}, {high:.2f}]"
        lines.append(f"| {name} | {qwk} | {found['r']:.2f} | {found['r within']:.2f} |")
    designs = json.loads((DEV_SET / "baselines.json").read_text(encoding="utf-8"))
    for name, found in designs.items():
        values = (found["QWK"], found["r"], found["r within"])
        lines.append(f"| {name} | {' | '.join(f'{value:.2f}' for value in values)} |")
    lines.append(_baseline("length of the answer only", answers, length_only(answers)))
    lines.append(_baseline("commonest level", answers, majority(answers)))
    return "\n".join(lines)


def _baseline(name: str, answers: list[LabelledAnswer], said: list[Prediction]) -> str:
    found = figures(Judged(answers, said), np.arange(len(answers)))
    values = [found["level_qwk"], found["overall_r"], found["within_r"]]
    shown = ["–" if np.isnan(value) else f"{value + 0.0:.2f}" for value in values]
    return f"| {name} | {' | '.join(shown)} |"


if __name__ == "__main__":
    print(table())
