"""Progress and the review queue over HTTP."""

from interviewer.client.connection import Connection
from interviewer.domain.grading import GraderKind
from interviewer.wire import ProgressReport, ReviewItem, ReviewPage


class ProgressOf:
    """What the service reckons from one's own history."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def report(self, grader: GraderKind | None = None) -> ProgressReport:
        """Return the figures of one grader; without one, of the grader used last."""
        return self._connection.ask("GET", "/v1/progress", ProgressReport, query={"grader": grader})

    def review_queue(self, *, limit: int = 50) -> tuple[ReviewItem, ...]:
        """Return what to review, the earliest first."""
        return self._connection.ask(
            "GET", "/v1/review-queue", ReviewPage, query={"limit": limit}
        ).items
