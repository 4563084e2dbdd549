"""A question: what is asked, what it is held against, and what helps to practise it."""

import hashlib
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from interviewer.domain.base import (
    CriterionId,
    IsSlug,
    MisconceptionId,
    Model,
    QuestionId,
    Text,
    TopicId,
)
from interviewer.domain.rubric import Criterion, Dimension, Misconception, Rubric


class Kind(StrEnum):
    TECHNICAL = "technical"
    SYSTEM_DESIGN = "system-design"
    EXPERIENCE = "experience"
    LEADERSHIP = "leadership"


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Topic(Model):
    """A field of work that questions belong to."""

    id: Annotated[TopicId, IsSlug]
    title: Text
    covers: Text
    """One sentence on what its questions are about."""
    tips: tuple[Text, ...] = ()
    """How a good answer on this topic is built; shown before a run of warm-ups."""


class FollowUp(Model):
    """A question back that aims at one criterion."""

    criterion: CriterionId
    ask: Text


FOLLOW_UP_SUFFIX = "-follow-up"


def follow_up_id(question_id: QuestionId) -> QuestionId:
    """Return the id under which the answer to a question's follow-up is kept: never its own."""
    return QuestionId(f"{question_id[: 64 - len(FOLLOW_UP_SUFFIX)]}{FOLLOW_UP_SUFFIX}")


class Hint(Model):
    """One step of the ladder of hints."""

    text: Text
    cost: float = Field(ge=0, le=100)
    """Percent points taken off the interview's report, never off a grading."""


class WarmUp(Model):
    """Four short answers of like length; the candidate picks the best-structured one."""

    options: tuple[Text, Text, Text, Text]
    best: int = Field(ge=0, le=3)
    """Position of the best option, counted from 0."""
    why: tuple[Text, Text, Text, Text]
    """One reason for each option."""


class Anchor(Model):
    """A sample answer with the verdicts that were agreed for it."""

    name: Text
    answer: Text
    verdicts: dict[CriterionId, Literal["met", "unmet"]]
    asserts: tuple[MisconceptionId, ...] = ()


class Question(Model):
    """All that one question file says."""

    id: Annotated[QuestionId, IsSlug]
    title: Text
    prompt: Text
    topic: Annotated[TopicId, IsSlug]
    kind: Kind
    difficulty: Difficulty
    minutes: int = Field(ge=1, le=120)
    clarifications: tuple[Text, ...] = ()
    """Facts that the interviewer reveals when asked."""
    rubric: Rubric
    misconceptions: tuple[Misconception, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    hints: tuple[Hint, ...] = ()
    reference_answer: Text
    warm_up: WarmUp | None = None
    anchors: tuple[Anchor, ...] = ()

    @model_validator(mode="after")
    def _check_ids(self) -> Self:
        faults = _repeated_ids(self) + _unknown_ids(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return self.rubric.dimensions

    def criterion(self, criterion_id: CriterionId) -> Criterion:
        """Return one criterion. Raises: KeyError when the question has none of that id."""
        for criterion in self.rubric.criteria():
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def misconceptions_of(self, dimension: Dimension) -> tuple[Misconception, ...]:
        """Return the misconceptions whose points come off this dimension."""
        return tuple(m for m in self.misconceptions if m.dimension == dimension.id)

    @property
    def digest(self) -> str:
        """Return 16 hex digits over everything that grading reads (SHA-256, cut).

        Wording, weights, examples, signals and the reference answer count; hints, follow-ups,
        the warm-up and the anchors do not, for no grading depends on them.
        """
        graded = self.model_dump_json(
            include={"id", "title", "prompt", "rubric", "misconceptions", "reference_answer"}
        )
        return hashlib.sha256(graded.encode()).hexdigest()[:16]


def _repeated_ids(question: Question) -> list[str]:
    ids = [dimension.id for dimension in question.dimensions]
    ids += [criterion.id for criterion in question.rubric.criteria()]
    ids += [misconception.id for misconception in question.misconceptions]
    seen: set[str] = set()
    repeated = [each for each in ids if each in seen or seen.add(each)]
    return [f"the id {each!r} stands twice; ids are unique within a question" for each in repeated]


def _unknown_ids(question: Question) -> list[str]:
    dimensions = {dimension.id for dimension in question.dimensions}
    criteria = {criterion.id for criterion in question.rubric.criteria()}
    misconceptions = {misconception.id for misconception in question.misconceptions}
    faults = [
        f"misconception {m.id!r} names the unknown dimension {m.dimension!r}"
        for m in question.misconceptions
        if m.dimension not in dimensions
    ]
    faults += [
        f"a follow-up names the unknown criterion {follow_up.criterion!r}"
        for follow_up in question.follow_ups
        if follow_up.criterion not in criteria
    ]
    for anchor in question.anchors:
        unknown = sorted((set(anchor.verdicts) - criteria) | (set(anchor.asserts) - misconceptions))
        faults += [f"anchor {anchor.name!r} names the unknown id {each!r}" for each in unknown]
    return faults
