"""One evaluation as data: figures, baselines, and what happened per profile and criterion."""

from collections.abc import Sequence
from statistics import mean, median

import numpy as np

from interviewer.domain.base import Model
from interviewer.domain.grading import Grading, Status
from interviewer.evaluation.agreement import Figure, between_labellers, compare, measure
from interviewer.evaluation.baselines import length_only, majority
from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.evaluation.judged import Judged, predicted
from interviewer.evaluation.statistics import RESAMPLES, confusion


class ProfileRow(Model):
    """Answers of one kind: mean score beside the mean label, both of 100."""

    profile: str
    answers: int
    score: float | None
    label: float | None


class CheckRow(Model):
    """One criterion or dimension: how often the grader and the labels agree."""

    id: str
    answers: int
    agreement: float
    credited: float
    """Mean share that the grader gives, 0–1."""
    labelled: float
    """Mean share that the labels give, 0–1."""


class Evaluation(Model):
    """Everything that a report shows; each number is recomputed by the same command."""

    data: str
    grader: str
    questions: int
    answers: int
    scored: int
    """Answers that got a score; the rest were partial or not graded."""
    figures: dict[str, Figure]
    baselines: dict[str, dict[str, Figure]]
    labellers: dict[str, Figure] | None
    against: dict[str, Figure] | None
    """This grader minus the other one, on the same rows."""
    against_name: str | None
    level_confusion: tuple[tuple[int, ...], ...]
    """Labels in rows, grader in columns, levels 0 to 2."""
    profiles: tuple[ProfileRow, ...]
    dimensions: tuple[CheckRow, ...]
    criteria: tuple[CheckRow, ...]
    evidence_valid: float | None
    """Share of shown quotes that stand in the answer at their offsets."""
    wrong_claims_caught: float | None
    """Share of answers with a labelled false statement in which a misconception was asserted."""
    wrong_claims_false_alarms: float | None
    """The same share among answers without one."""
    flip_rate: float | None
    """Share of verdicts that differ between repeats of the same answer."""
    cost_usd: float | None
    seconds_median: float | None
    scatter: tuple[tuple[float, float, str], ...]
    """Label, score and profile of each scored answer, both of 100."""


def evaluate(
    data: str,
    answers: Sequence[LabelledAnswer],
    gradings: Sequence[Grading],
    *,
    against: Sequence[Grading] | None = None,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Return the evaluation of these gradings of these answers."""
    judged = Judged(answers, [predicted(grading) for grading in gradings])
    base = {"length only": length_only(answers), "majority": majority(answers)}
    other = Judged(answers, [predicted(grading) for grading in against]) if against else None
    costs = [grading.usage.cost_usd for grading in gradings]
    seconds = [grading.seconds for grading in gradings if grading.seconds is not None]
    return Evaluation(
        data=data,
        grader=name_of(gradings[0]),
        questions=len({answer.asks for answer in answers}),
        answers=len(answers),
        scored=sum(grading.status is Status.GRADED for grading in gradings),
        figures=measure(judged, resamples),
        baselines={
            name: measure(Judged(answers, predictions), resamples)
            for name, predictions in base.items()
        },
        labellers=between_labellers(answers, resamples),
        against=compare(other, judged, resamples) if other else None,
        against_name=name_of(against[0]) if against else None,
        level_confusion=tuple(
            tuple(int(count) for count in row)
            for row in confusion(judged.level_true, judged.level_said, 3)
        ),
        profiles=_profiles(answers, gradings),
        dimensions=_dimensions(judged),
        criteria=_criteria(judged),
        evidence_valid=_evidence_valid(answers, gradings),
        wrong_claims_caught=_caught(answers, gradings, wrong=True),
        wrong_claims_false_alarms=_caught(answers, gradings, wrong=False),
        flip_rate=_flip_rate(answers, gradings),
        cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
        seconds_median=median(seconds) if seconds else None,
        scatter=tuple(
            (10 * answer.overall, grading.score.percent, answer.profile)
            for answer, grading in zip(answers, gradings, strict=True)
            if answer.overall is not None and grading.score
        ),
    )


def name_of(grading: Grading) -> str:
    """Return the name of a grading's grader, with what tells it from another of its kind."""
    grader = grading.grader
    digest = grading.provenance.prompt_digest
    return f"{grader.kind} ({grader.model}{f', prompt {digest}' if digest else ''})"


def _profiles(
    answers: Sequence[LabelledAnswer], gradings: Sequence[Grading]
) -> tuple[ProfileRow, ...]:
    rows: list[ProfileRow] = []
    for profile in sorted({answer.profile for answer in answers}):
        those = [
            (answer, grading)
            for answer, grading in zip(answers, gradings, strict=True)
            if answer.profile == profile
        ]
        scores = [grading.score.percent for _, grading in those if grading.score]
        labels = [10 * answer.overall for answer, _ in those if answer.overall is not None]
        rows.append(
            ProfileRow(
                profile=profile or "(none)",
                answers=len(those),
                score=mean(scores) if scores else None,
                label=mean(labels) if labels else None,
            )
        )
    return tuple(rows)


def _dimensions(judged: Judged) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(
            id=name,
            answers=int(mask.sum()),
            agreement=float((judged.level_true[mask] == judged.level_said[mask]).mean()),
            credited=float(judged.share_said[mask].mean()),
            labelled=float(judged.share_true[mask].mean()),
        )
        for name, mask in _masks(judged, judged.dimensions, [int(r) for r in judged.pair_row])
    )


def _criteria(judged: Judged) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(
            id=name,
            answers=int(mask.sum()),
            agreement=float((judged.met_true[mask] == judged.met_said[mask]).mean()),
            credited=float(judged.met_said[mask].mean()),
            labelled=float(judged.met_true[mask].mean()),
        )
        for name, mask in _masks(judged, judged.criteria, [int(r) for r in judged.check_row])
    )


def _masks(
    judged: Judged, names: Sequence[str], rows: Sequence[int]
) -> list[tuple[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]]:
    """Return a mask for each id; ids are told apart by their question, for they may recur."""
    full = [
        f"{judged.answers[row].question_id or 'own'}/{name}"
        for row, name in zip(rows, names, strict=True)
    ]
    return [(name, np.asarray([each == name for each in full])) for name in dict.fromkeys(full)]


def _evidence_valid(answers: Sequence[LabelledAnswer], gradings: Sequence[Grading]) -> float | None:
    shown = [
        answer.answer[evidence.start : evidence.end] == evidence.quote
        for answer, grading in zip(answers, gradings, strict=True)
        for dimension in grading.dimensions
        for criterion in dimension.criteria
        for evidence in criterion.evidence
    ]
    return mean(shown) if shown else None


def _caught(
    answers: Sequence[LabelledAnswer], gradings: Sequence[Grading], *, wrong: bool
) -> float | None:
    asserted = [
        predicted(grading).asserted > 0
        for answer, grading in zip(answers, gradings, strict=True)
        if answer.labels and any(label.wrong_claims for label in answer.labels) is wrong
    ]
    return mean(asserted) if asserted else None


def _flip_rate(answers: Sequence[LabelledAnswer], gradings: Sequence[Grading]) -> float | None:
    verdicts = {
        answer.id: predicted(grading).met for answer, grading in zip(answers, gradings, strict=True)
    }
    flips = [
        verdicts[answer.repeat_of][criterion] != met
        for answer in answers
        if answer.repeat_of in verdicts
        for criterion, met in verdicts[answer.id].items()
        if criterion in verdicts[answer.repeat_of]
    ]
    return mean(flips) if flips else None
