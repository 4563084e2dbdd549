"""One evaluation as data: figures, baselines, controls, and what stands behind them."""

from collections.abc import Mapping, Sequence

import numpy as np

from interviewer.domain.base import Model
from interviewer.domain.grading import Grading, Status
from interviewer.evaluation.agreement import Figure, between_labellers, compare, measure
from interviewer.evaluation.baselines import length_only, majority
from interviewer.evaluation.breakdown import (
    CheckRow,
    Counts,
    ProfileRow,
    by_criterion,
    by_dimension,
    by_profile,
    level_counts,
    verdict_counts,
)
from interviewer.evaluation.controls import given_their_mean, permuted
from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.evaluation.judged import Judged, predicted
from interviewer.evaluation.statistics import RESAMPLES
from interviewer.evaluation.trust import Cost, Trust, cost_of, trust_of

Figures = Mapping[str, Figure]


class Evaluation(Model):
    """Everything that a report shows; each number is recomputed by the same command."""

    data: str
    grader: str
    questions: int
    answers: int
    """Answers that agreement is measured on: those that repeat another are left out."""
    labelled: int
    scored: int
    """Answers that got a score; the rest were partial or not graded."""
    figures: Figures
    baselines: Mapping[str, Figures]
    controls: Mapping[str, Figures]
    """The same figures for gradings that cannot tell the dimensions of an answer apart."""
    labellers: Figures | None
    against: Figures | None
    """This grader minus the other one, on the same rows."""
    against_name: str | None
    levels: Counts
    verdicts: Counts
    profiles: tuple[ProfileRow, ...]
    dimensions: tuple[CheckRow, ...]
    criteria: tuple[CheckRow, ...]
    trust: Trust
    cost: Cost
    scatter: tuple[tuple[float, float, str], ...]
    """Label, score and profile of each scored answer, both of 100."""


def evaluate(
    data: str,
    answers: Sequence[LabelledAnswer],
    gradings: Sequence[Grading],
    *,
    against: Sequence[Grading] | None = None,
    emptied: Sequence[Grading] | None = None,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Return the evaluation of these gradings of these answers.

    `against` are another grader's gradings of the same rows; `emptied` are this grader's with
    the text of all criteria left out, of the rows that repeat no other.
    """
    judged = _judged(answers, gradings)
    other = _judged(answers, against) if against else None
    baselines = {"length only": length_only, "majority": majority}
    return Evaluation(
        data=data,
        grader=name_of(gradings[0]),
        questions=len({answer.asks for answer in judged.answers}),
        answers=len(judged.answers),
        labelled=sum(bool(answer.labels) for answer in judged.answers),
        scored=sum(g.status is Status.GRADED for g in _once(answers, gradings)),
        figures=measure(judged, resamples),
        baselines={
            name: measure(Judged(judged.answers, predict(judged.answers)), resamples)
            for name, predict in baselines.items()
        },
        controls={
            name: measure(control, resamples)
            for name, control in _controls(judged, emptied).items()
        },
        labellers=between_labellers(judged.answers, resamples),
        against=compare(other, judged, resamples) if other else None,
        against_name=name_of(against[0]) if against else None,
        levels=level_counts(judged, np.ones(judged.pair_row.size, dtype=np.bool_)),
        verdicts=verdict_counts(judged, np.ones(judged.check_row.size, dtype=np.bool_)),
        profiles=by_profile(judged, _once(answers, gradings)),
        dimensions=by_dimension(judged),
        criteria=by_criterion(judged),
        trust=trust_of(answers, gradings),
        cost=cost_of(gradings),
        scatter=tuple(
            (10 * answer.overall, grading.score.percent, answer.profile)
            for answer, grading in zip(judged.answers, _once(answers, gradings), strict=True)
            if answer.overall is not None and grading.score
        ),
    )


def _controls(judged: Judged, emptied: Sequence[Grading] | None) -> dict[str, Judged]:
    controls = {
        "answer's mean in every dimension": Judged(
            judged.answers, given_their_mean(judged.predictions)
        ),
        "dimensions permuted": permuted(judged.answers, judged.predictions),
    }
    if emptied:
        blank = [predicted(grading) for grading in emptied]
        controls["criteria emptied"] = Judged(judged.answers, blank)
    return controls


def _judged(answers: Sequence[LabelledAnswer], gradings: Sequence[Grading]) -> Judged:
    return Judged(
        [answer for answer in answers if answer.repeat_of is None],
        [predicted(grading) for grading in _once(answers, gradings)],
    )


def _once(answers: Sequence[LabelledAnswer], gradings: Sequence[Grading]) -> list[Grading]:
    """Return the gradings of answers that repeat no other, so that none counts twice."""
    pairs = zip(answers, gradings, strict=True)
    return [grading for answer, grading in pairs if answer.repeat_of is None]


def name_of(grading: Grading) -> str:
    """Return the name of a grading's grader, with what tells it from another of its kind."""
    grader = grading.grader
    digest = grading.provenance.prompt_digest
    weights = grading.provenance.settings.get("weights")
    told = f", prompt {digest}" if digest else f", weights {weights}" if weights else ""
    return f"{grader.kind} ({grader.model}{told})"
