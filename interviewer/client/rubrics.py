"""What an author of questions asks of the service, over HTTP."""

from interviewer.client.connection import Connection
from interviewer.domain.grading import Grading
from interviewer.wire import CheckReport, CheckRequest, TrialRequest

PATIENCE_SECONDS = 30
"""A question is embedded when it is first seen; a large one takes a while on a busy machine."""


class Rubrics:
    """Checks and tries question files; the service keeps nothing of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def scaffold(self) -> str:
        """Return a complete small question file to start from."""
        return self._connection.text("GET", "/v1/rubrics/scaffold")

    def check(self, text: str) -> CheckReport:
        """Return what the linter says about a question file."""
        return self._connection.ask(
            "POST",
            "/v1/rubrics/check",
            CheckReport,
            body=CheckRequest(text=text),
            wait=PATIENCE_SECONDS,
        )

    def try_on(self, text: str, answer: str) -> Grading:
        """Return what the offline grader makes of an answer to the question in a file."""
        return self._connection.ask(
            "POST",
            "/v1/rubrics/trials",
            Grading,
            body=TrialRequest(text=text, answer=answer),
            wait=PATIENCE_SECONDS,
        )
