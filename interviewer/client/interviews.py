"""Interviews over HTTP."""

from interviewer.client.connection import Connection
from interviewer.wire import (
    AnswerRequest,
    ClarificationRequest,
    InterviewPage,
    InterviewReport,
    InterviewRequest,
    InterviewRoom,
    InterviewSummary,
)


class Interviews:
    """Sits interviews; every step can be asked for twice without harm."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(self, request: InterviewRequest) -> InterviewRoom:
        """Choose the questions and start the clock."""
        return self._connection.ask("POST", "/v1/interviews", InterviewRoom, body=request)

    def newest(self, *, limit: int = 20) -> tuple[InterviewSummary, ...]:
        """Return one's latest interviews."""
        query = {"limit": limit}
        return self._connection.ask("GET", "/v1/interviews", InterviewPage, query=query).items

    def room(self, interview_id: str) -> InterviewRoom:
        """Return the interview as it stands now."""
        return self._connection.ask("GET", f"/v1/interviews/{interview_id}", InterviewRoom)

    def answer(
        self, interview_id: str, step: int, answer: str, *, seconds: float | None = None
    ) -> InterviewRoom:
        """Hand in an answer to the step that was seen."""
        body = AnswerRequest(step=step, answer=answer, seconds=seconds)
        return self._connection.ask(
            "POST", f"/v1/interviews/{interview_id}/answers", InterviewRoom, body=body
        )

    def clarify(self, interview_id: str, asked: str) -> InterviewRoom:
        """Ask the interviewer."""
        return self._connection.ask(
            "POST",
            f"/v1/interviews/{interview_id}/clarifications",
            InterviewRoom,
            body=ClarificationRequest(text=asked),
        )

    def hint(self, interview_id: str) -> InterviewRoom:
        """Take the next hint."""
        return self._connection.ask("POST", f"/v1/interviews/{interview_id}/hints", InterviewRoom)

    def finish(self, interview_id: str) -> InterviewRoom:
        """End the interview early."""
        return self._connection.ask("POST", f"/v1/interviews/{interview_id}/finish", InterviewRoom)

    def report(self, interview_id: str) -> InterviewReport:
        """Return the report. Raises: Conflict while the interview is on."""
        return self._connection.ask("GET", f"/v1/interviews/{interview_id}/report", InterviewReport)
