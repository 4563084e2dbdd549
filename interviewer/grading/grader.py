"""What a grader is: something that rules on the criteria of a question, part by part."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from interviewer.domain.base import DimensionId, Model
from interviewer.domain.grading import GraderIdentity, Usage
from interviewer.domain.question import Question
from interviewer.domain.ruling import Flag, MisconceptionRuling, Ruling


class Part(Model):
    """A piece of the work that is done, saved and paid for as one."""

    key: str
    """Unique within a question and stable between runs, such as `dimension:drift_types`."""
    dimensions: tuple[DimensionId, ...]


class PartRulings(Model):
    """What one part of the work found. Evidence in it is already verified."""

    part: str
    """The key of the part; a durable engine compares it on replay."""
    rulings: tuple[Ruling, ...]
    misconceptions: tuple[MisconceptionRuling, ...] = ()
    flags: tuple[Flag, ...] = ()
    usage: Usage = Usage()


Publish = Callable[[PartRulings], None]
"""Takes the rulings of whole dimensions as soon as they stand, before a part is finished."""


class Grader(Protocol):
    """Rules on criteria; it makes no numbers.

    It raises nothing for a model's trouble: what could not be assessed is a ruling with that
    verdict and its reason.
    """

    @property
    def identity(self) -> GraderIdentity: ...

    @property
    def prompt_digest(self) -> str | None: ...

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        """Return what else its verdicts depend on, for the provenance."""
        ...

    def parts(self, question: Question) -> tuple[Part, ...]:
        """Return the work for one answer; together the parts cover every dimension once."""
        ...

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        """Return a ruling for every criterion and misconception of the part's dimensions."""
        ...


@runtime_checkable
class Estimates(Protocol):
    """A grader that can tell what an answer will take."""

    def estimate(self, question: Question, answer: str) -> Usage:
        """Return what grading this answer should take; its cost is null where no price is known."""
        ...


@runtime_checkable
class Spends(Protocol):
    """A grader whose calls cost money."""

    async def spent(self) -> float:
        """Return the dollars of today (UTC) that calls have cost, whatever they were for."""
        ...
