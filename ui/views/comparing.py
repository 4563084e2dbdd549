"""An answer beside the one that it revises."""

from dataclasses import dataclass

from interviewer.client import Client
from interviewer.domain.appeal import RULED
from interviewer.domain.attempt import Attempt
from interviewer.domain.comparison import Comparison, Obstacle, compare
from interviewer.domain.grading import Grading


@dataclass(frozen=True)
class Earlier:
    """The answer that was revised, and the grading of it that is compared with."""

    answer: str
    grading: Grading

    def since(self, now: Grading) -> Comparison:
        """Return what became of it."""
        return compare(self.grading, now)

    def bars(self, now: Grading) -> Grading | None:
        """Return what the bars of the strip are compared with; None where they cannot be."""
        unlike = set(self.since(now).obstacles) - {Obstacle.NO_SCORE}
        return None if unlike else self.grading


def earlier_of(client: Client, attempt: Attempt, now: Grading) -> Earlier | None:
    """Return what the attempt revises: its grading most like this one, if it has any."""
    if attempt.revises is None:
        return None
    revised = client.attempt(attempt.revises)
    ruled = [each for each in revised.gradings if each.status in RULED]
    like = (each for each in ruled if not set(compare(each, now).obstacles) - {Obstacle.NO_SCORE})
    found = next(like, next(iter(ruled), None))
    return None if found is None else Earlier(revised.answer, found)
