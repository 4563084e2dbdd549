"""Can its evidence and its verdicts be relied on, and what do they cost?"""

from collections.abc import Sequence
from statistics import mean, median

import numpy as np

from interviewer.domain.base import Model
from interviewer.domain.grading import Grading, Usage
from interviewer.domain.ruling import Verdict
from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.evaluation.judged import predicted


class Share(Model):
    """A share of so many things; no value where there were none."""

    value: float | None
    of: int


class Trust(Model):
    """What is counted without any agreement."""

    evidence_valid: Share
    """Of the shown quotes: they stand in the answer at their offsets."""
    wrong_claims_caught: Share
    """Of the answers with a labelled false statement: a misconception was found asserted."""
    false_alarms: Share
    """Of the labelled answers without one: a misconception was found asserted all the same."""
    flipped: Share
    """Of the verdicts on repeated answers: they differ from the first ones."""
    not_assessed: Share
    """Of all verdicts."""


class Cost(Model):
    """What the gradings took; dollars are unknown where a call had no price."""

    calls: int
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    usd: float | None
    usd_per_answer: float | None
    seconds_median: float | None
    seconds_p95: float | None
    """95 % of the gradings took no longer."""


def trust_of(answers: Sequence[LabelledAnswer], gradings: Sequence[Grading]) -> Trust:
    """Return how far evidence and verdicts can be relied on, repeats included."""
    verdicts = [
        criterion.verdict is Verdict.NOT_ASSESSED
        for grading in gradings
        for dimension in grading.dimensions
        for criterion in dimension.criteria
    ]
    return Trust(
        evidence_valid=_share(_quotes(answers, gradings)),
        wrong_claims_caught=_share(_caught(answers, gradings, wrong=True)),
        false_alarms=_share(_caught(answers, gradings, wrong=False)),
        flipped=_share(_flips(answers, gradings)),
        not_assessed=_share(verdicts),
    )


def cost_of(gradings: Sequence[Grading]) -> Cost:
    """Return what all gradings took together, repeats included."""
    usage = sum((grading.usage for grading in gradings), Usage())
    seconds = [grading.seconds for grading in gradings if grading.seconds is not None]
    return Cost(
        calls=usage.calls,
        input_tokens=usage.input_tokens,
        cached_input_tokens=usage.cached_input_tokens,
        output_tokens=usage.output_tokens,
        usd=usage.cost_usd,
        usd_per_answer=None if usage.cost_usd is None else usage.cost_usd / len(gradings),
        seconds_median=median(seconds) if seconds else None,
        seconds_p95=float(np.percentile(seconds, 95)) if seconds else None,
    )


def _share(found: Sequence[bool]) -> Share:
    return Share(value=mean(found) if found else None, of=len(found))


def _quotes(answers: Sequence[LabelledAnswer], gradings: Sequence[Grading]) -> list[bool]:
    return [
        answer.answer[evidence.start : evidence.end] == evidence.quote
        for answer, grading in zip(answers, gradings, strict=True)
        for dimension in grading.dimensions
        for criterion in dimension.criteria
        for evidence in criterion.evidence
    ]


def _caught(
    answers: Sequence[LabelledAnswer], gradings: Sequence[Grading], *, wrong: bool
) -> list[bool]:
    return [
        predicted(grading).asserted > 0
        for answer, grading in zip(answers, gradings, strict=True)
        if answer.labels and any(label.wrong_claims for label in answer.labels) is wrong
    ]


def _flips(answers: Sequence[LabelledAnswer], gradings: Sequence[Grading]) -> list[bool]:
    verdicts = {
        answer.id: predicted(grading).met for answer, grading in zip(answers, gradings, strict=True)
    }
    return [
        verdicts[answer.repeat_of][criterion] != met
        for answer in answers
        if answer.repeat_of in verdicts
        for criterion, met in verdicts[answer.id].items()
        if criterion in verdicts[answer.repeat_of]
    ]
