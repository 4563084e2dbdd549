"""What a grader would get that does not know which dimension is which.

Beside every figure stand three controls (of the kind Casabianca et al. 2021 call for): each
dimension given the answer's mean, the dimensions of an answer permuted, and the criteria's text
emptied. What a control reaches as well, the grader does not owe to matching criteria.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from interviewer.domain.question import Question
from interviewer.evaluation.datasets import LabelledAnswer
from interviewer.evaluation.judged import Judged, Prediction

EMPTY = "(left empty)"
PERMUTATIONS = 20
"""Enough that the mean over them moves by less than .01 from seed to seed."""


def given_their_mean(predictions: Sequence[Prediction]) -> list[Prediction]:
    """Return predictions in which every dimension has the mean of its answer."""
    return [_with_fractions(said, [_mean(said)] * len(said.fractions)) for said in predictions]


def permuted(
    answers: Sequence[LabelledAnswer], predictions: Sequence[Prediction], seed: int = 0
) -> Judged:
    """Return every answer several times, each with its dimensions in another random order."""
    generator = np.random.default_rng(seed)
    shuffled = [
        _with_fractions(said, generator.permutation(list(said.fractions.values())).tolist())
        for said in predictions
        for _ in range(PERMUTATIONS)
    ]
    return Judged([answer for answer in answers for _ in range(PERMUTATIONS)], shuffled)


def emptied(question: Question) -> Question:
    """Return the question with nothing said in any criterion; ids, points and title stay."""
    blank = dict.fromkeys(("statement", "met_example", "near_miss", "to_add"), EMPTY)
    dimensions = tuple(
        dimension.model_copy(
            update={
                "criteria": tuple(
                    criterion.model_copy(update={**blank, "signals": ()})
                    for criterion in dimension.criteria
                )
            }
        )
        for dimension in question.dimensions
    )
    rubric = question.rubric.model_copy(update={"dimensions": dimensions})
    return question.model_copy(update={"rubric": rubric})


def _with_fractions(said: Prediction, values: Sequence[float]) -> Prediction:
    return replace(said, fractions=dict(zip(said.fractions, values, strict=True)), level_of=None)


def _mean(said: Prediction) -> float:
    return sum(said.fractions.values()) / len(said.fractions) if said.fractions else 0.0
