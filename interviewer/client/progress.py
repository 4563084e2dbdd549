"""Progress and the review queue over HTTP."""

from interviewer.client.connection import Connection
from interviewer.domain.grading import GraderKind
from interviewer.wire import ProgressReport, ReviewItem, ReviewPage


class ProgressOf:
    """What the service reckons from one's own history."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def report(self, grader: GraderKind | str | None = None) -> ProgressReport:
        """Return the figures by one yardstick of `graders`, or by the one of a kind used last.

        Without one, by the yardstick of the newest score.
        """
        return self._connection.ask("GET", "/v1/progress", ProgressReport, query={"grader": grader})

    def review_queue(self, *, limit: int = 50) -> tuple[ReviewItem, ...]:
        """Return what to review, the earliest first."""
        return self._connection.ask(
            "GET", "/v1/review-queue", ReviewPage, query={"limit": limit}
        ).items
