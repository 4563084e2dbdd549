"""One method for each thing that a candidate does."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from types import TracebackType
from typing import Literal, Self
from uuid import uuid4

import httpx2

from interviewer.client.batches import Batches
from interviewer.client.connection import Connection, connect
from interviewer.client.following import follow
from interviewer.client.interviews import Interviews
from interviewer.client.progress import ProgressOf
from interviewer.client.rubrics import Rubrics
from interviewer.client.warm_ups import WarmUps
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import AttemptId, CriterionId, GradingId, QuestionId, TopicId
from interviewer.domain.grading import GraderKind, Grading
from interviewer.domain.question import Difficulty, Kind, Question
from interviewer.wire import (
    About,
    AppealRequest,
    AttemptPage,
    ConsentRequest,
    Draft,
    DraftRequest,
    Estimate,
    EstimateRequest,
    GradingEvent,
    GradingRequest,
    Purged,
    QuestionDetail,
    QuestionPage,
    QuestionSummary,
    Readiness,
    RegradeRequest,
    StrongerOutline,
    TopicPage,
    TopicSummary,
)

_PAGE = 200


class Client:
    """Talks to one service; safe to share between threads, as its HTTP client is."""

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        *,
        key: str | None = None,
        bearer: Callable[[], str] | None = None,
        http: httpx2.Client | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Connect to `url`, or use `http`, an existing client (a TestClient, say).

        `key` is an API key; `bearer` makes what is sent in its place, anew for each request.
        """
        if bearer is None and key is not None:
            bearer = _same(key)
        self._connection = Connection(http if http is not None else connect(url), bearer)
        self._pause = pause
        self.batches = Batches(self._connection)
        self.interviews = Interviews(self._connection)
        self.progress = ProgressOf(self._connection)
        self.rubrics = Rubrics(self._connection)
        self.warm_ups = WarmUps(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    # The service

    def about(self) -> About:
        """Return what the service is and which grader it uses."""
        return self._connection.ask("GET", "/v1/about", About)

    def ready(self) -> Readiness:
        """Return which parts of the service work."""
        return self._connection.ask("GET", "/health/ready", Readiness, accept=(503,))

    def consent(self, server: str, model: str) -> None:
        """Agree that one's answers go to this model on this server."""
        body = ConsentRequest(server=server, model=model)
        self._connection.text("PUT", "/v1/consent", body=body)

    # Questions

    def topics(self) -> tuple[TopicSummary, ...]:
        """Return all topics in the bank's order."""
        return self._connection.ask("GET", "/v1/topics", TopicPage, query={"limit": _PAGE}).items

    def questions(
        self,
        *,
        topic: TopicId | str | None = None,
        difficulty: Difficulty | None = None,
        kind: Kind | None = None,
        q: str | None = None,
        practised: bool | None = None,
    ) -> tuple[QuestionSummary, ...]:
        """Return all questions that fit the filters; `q` looks in titles and prompts."""
        found: list[QuestionSummary] = []
        cursor: str | None = None
        while True:
            page = self._connection.ask(
                "GET",
                "/v1/questions",
                QuestionPage,
                query={
                    "topic": topic,
                    "difficulty": difficulty,
                    "kind": kind,
                    "q": q,
                    "practised": practised,
                    "limit": _PAGE,
                    "cursor": cursor,
                },
            )
            found += page.items
            cursor = page.next
            if cursor is None:
                return tuple(found)

    def question(self, question_id: QuestionId | str) -> QuestionDetail:
        """Return one question; its solution is there after an attempt or in study mode."""
        return self._connection.ask("GET", f"/v1/questions/{question_id}", QuestionDetail)

    def study(self, question_id: QuestionId | str) -> QuestionDetail:
        """Unlock the solution for good; later attempts are marked with it."""
        return self._connection.ask("PUT", f"/v1/questions/{question_id}/study", QuestionDetail)

    # Grading

    def estimate(
        self, question_id: QuestionId | str, answer: str, *, grader: GraderKind | None = None
    ) -> Estimate:
        """Return what grading this answer would send, where to, and at what cost."""
        body = EstimateRequest(question_id=QuestionId(question_id), answer=answer, grader=grader)
        return self._connection.ask("POST", "/v1/estimates", Estimate, body=body)

    def grade(
        self,
        question: QuestionId | str | Question,
        answer: str,
        *,
        idempotency_key: str | None = None,
        seconds: float | None = None,
        revises: AttemptId | str | None = None,
        grader: GraderKind | None = None,
        wait: int = 0,
    ) -> Grading:
        """Submit an answer; the attempt is stored for good when this returns.

        The same `idempotency_key` and answer give the first grading again; without one, a fresh
        key is made. `wait` (seconds) asks the service to answer with the finished grading if it
        is done in time.
        """
        own = question if isinstance(question, Question) else None
        body = GradingRequest(
            question=own,
            question_id=None if isinstance(question, Question) else QuestionId(question),
            answer=answer,
            grader=grader,
            revises=None if revises is None else AttemptId(revises),
            seconds=seconds,
        )
        headers = {"Idempotency-Key": idempotency_key or str(uuid4())}
        if wait:
            headers["Prefer"] = f"wait={wait}"
        return self._connection.ask(
            "POST", "/v1/gradings", Grading, body=body, headers=headers, wait=wait
        )

    def grading(self, grading_id: GradingId | str) -> Grading:
        """Return a grading as it stands."""
        return self._connection.ask("GET", f"/v1/gradings/{grading_id}", Grading)

    def events(self, grading_id: GradingId | str, *, after: int = 0) -> Iterator[GradingEvent]:
        """Yield the events of a grading, finished ones first, and end with `done`.

        `after` is the id of the last event already seen. A broken stream is taken up where it
        broke.

        Raises: Unavailable when it breaks too often in a row.
        """
        return follow(self._connection, grading_id, after, self._pause)

    def cancel(self, grading_id: GradingId | str) -> Grading:
        """Stop a grading that has not ended; the answer is kept."""
        return self._connection.ask("POST", f"/v1/gradings/{grading_id}/cancel", Grading)

    def regrade(self, grading_id: GradingId | str, *, grader: GraderKind | None = None) -> Grading:
        """Grade the same answer again and return the new grading; the old one is kept."""
        return self._connection.ask(
            "POST",
            f"/v1/gradings/{grading_id}/regrade",
            Grading,
            body=RegradeRequest(grader=grader),
        )

    def appeal(
        self,
        grading_id: GradingId | str,
        criterion_id: CriterionId | str,
        *,
        start: int,
        end: int,
        note: str = "",
    ) -> Grading:
        """Have one criterion ruled on again, pointing at `answer[start:end]`.

        Returns the new grading; the old ruling is kept with the old one.
        """
        body = AppealRequest(
            criterion_id=CriterionId(criterion_id), start=start, end=end, note=note
        )
        return self._connection.ask(
            "POST", f"/v1/gradings/{grading_id}/appeals", Grading, body=body
        )

    def outline(self, grading_id: GradingId | str) -> StrongerOutline:
        """Return a stronger outline of the graded answer, by the kind of grader that graded it.

        Raises: Conflict before there are rulings; Unavailable when the model gives no outline.
        """
        return self._connection.ask("POST", f"/v1/gradings/{grading_id}/outline", StrongerOutline)

    # History

    def attempts(
        self,
        *,
        question_id: QuestionId | str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> AttemptPage:
        """Return one page of one's attempts, newest first."""
        query = {"question_id": question_id, "limit": limit, "cursor": cursor}
        return self._connection.ask("GET", "/v1/attempts", AttemptPage, query=query)

    def attempt(self, attempt_id: AttemptId | str) -> Attempt:
        """Return one attempt with all its gradings, newest first."""
        return self._connection.ask("GET", f"/v1/attempts/{attempt_id}", Attempt)

    def asked(self, attempt_id: AttemptId | str) -> QuestionDetail:
        """Return the question of an attempt in the words that it answers; it may be in no bank."""
        return self._connection.ask("GET", f"/v1/attempts/{attempt_id}/question", QuestionDetail)

    def draft(self, question_id: QuestionId | str) -> Draft:
        """Return what was typed and not submitted. Raises: NotFound when there is nothing."""
        return self._connection.ask("GET", f"/v1/drafts/{question_id}", Draft)

    def save_draft(
        self, question_id: QuestionId | str, answer: str, *, typed_at: datetime, seconds: float = 0
    ) -> Draft:
        """Save what stands in the editor and return what is kept: the newer `typed_at` wins."""
        body = DraftRequest(answer=answer, seconds=seconds, typed_at=typed_at)
        return self._connection.ask("PUT", f"/v1/drafts/{question_id}", Draft, body=body)

    def export(self, form: Literal["json", "csv", "markdown", "labels"] = "json") -> str:
        """Return all of one's own history as text."""
        return self._connection.text("GET", "/v1/export", query={"format": form})

    def purge(self) -> Purged:
        """Delete all of one's own history and return how much that was."""
        return self._connection.ask("DELETE", "/v1/me/history", Purged)


def _same(key: str) -> Callable[[], str]:
    return lambda: key
