"""Chooses the follow-up of an answer, and the one-criterion question that its answer is held to."""

from collections.abc import Sequence

from interviewer.domain.grading import Grading
from interviewer.domain.interview import Nudge
from interviewer.domain.question import Question, follow_up_id
from interviewer.domain.rubric import Criterion, Rubric
from interviewer.domain.ruling import Verdict
from interviewer.grading.words import words

LEAST_WORDS, MOST_WORDS = 3, 45
"""The prompt asks for at most 30; a follow-up of twice that is a lecture."""
RUN = 5
"""Words in a row that are copied, not met by chance."""


def follow_up_of(question: Question, grading: Grading) -> Nudge | None:
    """Return the follow-up aimed at the largest loss; None when nothing is left to ask."""
    asks = {each.criterion: each.ask for each in reversed(question.follow_ups)}
    lost = [
        criterion
        for dimension in grading.dimensions
        for criterion in dimension.criteria
        if criterion.verdict is Verdict.UNMET and criterion.gain and criterion.id in asks
    ]
    if not lost:
        return None
    worst = max(lost, key=lambda each: each.gain or 0)
    return Nudge(criterion_id=worst.id, ask=asks[worst.id], gain=worst.gain or 0)


def may_be_asked(ask: str, criterion: Criterion) -> bool:
    """Return whether a model's follow-up is a short question that gives nothing away.

    It gives the point away when it copies a run of words from what a good answer would say.
    """
    spoken = [word.text for word in words(ask)]
    if not LEAST_WORDS <= len(spoken) <= MOST_WORDS or "?" not in ask:
        return False
    told = (criterion.statement, criterion.to_add, criterion.met_example)
    given = {run for text in told for run in _runs([word.text for word in words(text)])}
    return given.isdisjoint(_runs(spoken))


def _runs(spoken: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(spoken[n : n + RUN]) for n in range(len(spoken) - RUN + 1)}


def narrowed(question: Question, nudge: Nudge) -> Question:
    """Return the question that a follow-up's answer is graded against: one criterion.

    Its id is its own, so that it is in no figure of the question that it comes from.
    """
    dimension = next(
        each
        for each in question.dimensions
        if any(criterion.id == nudge.criterion_id for criterion in each.criteria)
    )
    kept = tuple(each for each in dimension.criteria if each.id == nudge.criterion_id)
    return question.model_copy(
        update={
            "id": follow_up_id(question.id),
            "prompt": nudge.ask,
            "rubric": Rubric(dimensions=(dimension.model_copy(update={"criteria": kept}),)),
            "misconceptions": (),
            "follow_ups": (),
            "anchors": (),
            "warm_up": None,
        }
    )
