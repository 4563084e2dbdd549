"""What one call to a model asks about: criteria and misconceptions, dimension by dimension."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion, Dimension, Misconception

Claim = Criterion | Misconception


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one dimension."""

    dimension: Dimension
    criteria: tuple[Criterion, ...]
    misconceptions: tuple[Misconception, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (*self.criteria, *self.misconceptions)


@dataclass(frozen=True, slots=True)
class Claims:
    """The groups of one call; none of them is empty."""

    groups: tuple[Group, ...]

    @classmethod
    def of(cls, question: Question, dimensions: Collection[str]) -> "Claims":
        """Return all claims of these dimensions, in the rubric's order."""
        return cls(
            tuple(
                Group(dimension, dimension.criteria, question.misconceptions_of(dimension))
                for dimension in question.dimensions
                if dimension.id in dimensions
            )
        )

    def only(self, ids: Collection[str]) -> "Claims":
        """Return the claims with these ids."""
        groups = (
            Group(
                group.dimension,
                tuple(c for c in group.criteria if c.id in ids),
                tuple(m for m in group.misconceptions if m.id in ids),
            )
            for group in self.groups
        )
        return Claims(tuple(group for group in groups if group.claims))

    def singly(self) -> tuple["Claims", ...]:
        """Return one for each claim."""
        return tuple(self.only({claim.id}) for claim in self)

    def __iter__(self) -> Iterator[Claim]:
        for group in self.groups:
            yield from group.claims

    def __len__(self) -> int:
        return sum(len(group.claims) for group in self.groups)
