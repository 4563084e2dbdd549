"""A service with the real routes and types, and a grader as slow as a test wants it.

It credits a criterion when the answer holds one of its phrases, so tests know what is marked.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from interviewer.catalog.questions import QuestionBank
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import AttemptId, GradingId, MisconceptionId, QuestionId
from interviewer.domain.grading import (
    DimensionGrading,
    GraderIdentity,
    GraderKind,
    Grading,
    MisconceptionGrading,
    Provenance,
    Status,
    Usage,
)
from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion
from interviewer.domain.ruling import Assertion, Evidence, MisconceptionRuling, Ruling, Verdict
from interviewer.domain.scoring import grade_dimensions, grade_misconceptions, total
from interviewer.wire import (
    About,
    AttemptPage,
    DimensionOutline,
    Draft,
    DraftRequest,
    GraderState,
    GradingRequest,
    QuestionDetail,
    QuestionPage,
    QuestionSummary,
    Solution,
    TopicPage,
    TopicSummary,
)


@dataclass
class FakeService:
    """What the service holds, open for tests to look at."""

    bank: QuestionBank
    pause: float = 0.0
    """Seconds between two dimensions."""
    attempts: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    drafts: dict[str, Draft] = field(default_factory=dict[str, Draft])
    keys: dict[str, str] = field(default_factory=dict[str, str])
    began: dict[str, datetime] = field(default_factory=dict[str, datetime])

    def clear(self) -> None:
        """Forget everything, and grade at once again."""
        self.pause = 0.0
        for each in (self.attempts, self.drafts, self.keys, self.began):
            each.clear()

    def submit(self, request: GradingRequest, key: str) -> Grading:
        if key in self.keys:
            return self.grading(self.keys[key])
        number = len(self.attempts) + 1
        attempt = Attempt(
            id=AttemptId(f"attempt-{number}"),
            question_id=QuestionId(request.question_id or ""),
            answer=request.answer,
            created_at=datetime.now(UTC),  # noqa: TID251 - a fake service, in real time
            seconds=request.seconds,
            revises=request.revises,
            study_mode=False,
            gradings=(),
        )
        self.attempts[attempt.id] = attempt
        self.keys[key] = f"grading-{number}"
        self.began[f"grading-{number}"] = attempt.created_at
        self.drafts.pop(attempt.question_id, None)
        return self.grading(f"grading-{number}")

    def grading(self, grading_id: str) -> Grading:
        attempt = self.attempts[grading_id.replace("grading", "attempt")]
        question = self.bank.question(attempt.question_id)
        rows = graded(question, attempt.answer)
        false = misconceptions(question, attempt.answer)
        now = datetime.now(UTC)  # noqa: TID251 - a fake service, in real time
        age = (now - self.began[grading_id]).total_seconds()
        arrived = len(rows) if not self.pause else min(len(rows), int(age / self.pause))
        done = arrived == len(rows)
        return Grading(
            id=GradingId(grading_id),
            attempt_id=attempt.id,
            question_id=attempt.question_id,
            status=Status.GRADED if done else Status.RUNNING,
            reason=None,
            created_at=attempt.created_at,
            seconds=0.4 if done else None,
            score=total(rows) if done else None,
            dimensions=rows[:arrived],
            misconceptions=false if done else (),
            flags=(),
            grader=GraderIdentity(
                kind=GraderKind.OFFLINE, model="offline", call_shape=None, votes=1
            ),
            provenance=Provenance(
                rubric_digest=question.digest,
                prompt_digest=None,
                package_version="0",
                settings={},
            ),
            usage=Usage(),
        )

    def attempt(self, attempt_id: str) -> Attempt:
        kept = self.attempts[attempt_id]
        grading = self.grading(attempt_id.replace("attempt", "grading"))
        return kept.model_copy(update={"gradings": (grading,)})

    def summary(self, question: Question) -> QuestionSummary:
        return QuestionSummary(
            id=question.id,
            title=question.title,
            topic=question.topic,
            kind=question.kind,
            difficulty=question.difficulty,
            minutes=question.minutes,
            attempts=sum(a.question_id == question.id for a in self.attempts.values()),
            best=None,
        )

    def detail(self, question: Question) -> QuestionDetail:
        summary = self.summary(question)
        solution = Solution(
            digest=question.digest,
            rubric=question.rubric,
            misconceptions=question.misconceptions,
            reference_answer=question.reference_answer,
            clarifications=question.clarifications,
            anchors=question.anchors,
        )
        return QuestionDetail(
            **summary.model_dump(),
            prompt=question.prompt,
            dimensions=tuple(
                DimensionOutline(id=d.id, title=d.title, weight=d.weight)
                for d in question.dimensions
            ),
            hints=question.hints,
            study_mode=False,
            solution=solution if summary.attempts else None,
        )


def graded(question: Question, answer: str) -> tuple[DimensionGrading, ...]:
    rulings = {c.id: ruling(c, answer) for c in question.rubric.criteria()}
    return grade_dimensions(question, rulings, claims(question, answer))


def claims(question: Question, answer: str) -> dict[MisconceptionId, MisconceptionRuling]:
    found: dict[MisconceptionId, MisconceptionRuling] = {}
    for each in question.misconceptions:
        for example in each.examples:
            start = answer.find(example)
            if start >= 0:
                found[each.id] = MisconceptionRuling(
                    misconception_id=each.id,
                    verdict=Assertion.ASSERTED,
                    evidence=(Evidence.cut(answer, start, start + len(example)),),
                )
    return found


def misconceptions(question: Question, answer: str) -> tuple[MisconceptionGrading, ...]:
    return grade_misconceptions(question, claims(question, answer))


def ruling(criterion: Criterion, answer: str) -> Ruling:
    for phrase in (each for signal in criterion.signals for each in signal.any):
        start = answer.lower().find(phrase.strip("*").lower())
        if start >= 0:
            evidence = Evidence.cut(answer, start, start + len(phrase.strip("*")))
            return Ruling(
                criterion_id=criterion.id,
                verdict=Verdict.MET,
                evidence=(evidence,),
                reason="Your words say so.",
            )
    return Ruling(
        criterion_id=criterion.id, verdict=Verdict.UNMET, reason="No evidence found (offline)."
    )


ABOUT = About(
    version="0",
    auth="none",
    max_answer_tokens=4000,
    grader=GraderState(
        kind=GraderKind.OFFLINE,
        model="offline",
        server=None,
        leaves_machine=False,
        consented=True,
        budget_usd_per_day=None,
        spent_today_usd=0,
    ),
)


def app_of(service: FakeService) -> FastAPI:
    """Return the routes over one fake service."""
    app = FastAPI()
    app.add_exception_handler(KeyError, _missing)
    _add_questions(app, service)
    _add_history(app, service)
    _add_gradings(app, service)
    return app


def _missing(request: Request, error: Exception) -> Response:
    body = {"type": "urn:interviewer:problem:not-found", "title": "Not found", "status": 404}
    detail = f"There is no {error}; look at the list and try another."
    return JSONResponse({**body, "detail": detail, "instance": None, "errors": []}, 404)


def _add_questions(app: FastAPI, service: FakeService) -> None:
    @app.get("/v1/about")
    def about() -> About:
        return ABOUT

    @app.get("/v1/topics")
    def topics() -> TopicPage:
        items = tuple(
            TopicSummary(**topic.model_dump(), questions=1, practised=0)
            for topic in service.bank.topics
        )
        return TopicPage(items=items, next=None)

    @app.get("/v1/questions")
    def questions(request: Request) -> QuestionPage:
        asked = request.query_params
        found = [
            service.summary(q)
            for q in service.bank
            if asked.get("q", "").lower() in q.title.lower()
            and asked.get("topic", q.topic) == q.topic
            and asked.get("difficulty", q.difficulty) == q.difficulty
            and asked.get("kind", q.kind) == q.kind
        ]
        return QuestionPage(items=tuple(found), next=None)

    @app.get("/v1/questions/{question_id}")
    def question(question_id: str) -> QuestionDetail:
        return service.detail({str(q.id): q for q in service.bank}[question_id])


def _add_history(app: FastAPI, service: FakeService) -> None:
    @app.get("/v1/drafts/{question_id}")
    def draft(question_id: str) -> Draft:
        return service.drafts[question_id]

    @app.put("/v1/drafts/{question_id}")
    def save(question_id: str, body: DraftRequest) -> Draft:
        kept = Draft(question_id=QuestionId(question_id), **body.model_dump())
        service.drafts[question_id] = kept
        return kept

    @app.get("/v1/attempts")
    def attempts() -> AttemptPage:
        items = tuple(service.attempt(each) for each in reversed(service.attempts))
        return AttemptPage(items=items, next=None)

    @app.get("/v1/attempts/{attempt_id}")
    def attempt(attempt_id: str) -> Attempt:
        return service.attempt(attempt_id)


def _add_gradings(app: FastAPI, service: FakeService) -> None:
    @app.post("/v1/gradings", status_code=202)
    def grade(body: GradingRequest, request: Request) -> Grading:
        return service.submit(body, request.headers["Idempotency-Key"])

    @app.get("/v1/gradings/{grading_id}/events")
    async def events(grading_id: str) -> StreamingResponse:
        return StreamingResponse(stream(service, grading_id), media_type="text/event-stream")


async def stream(service: FakeService, grading_id: str) -> AsyncIterator[str]:
    sent = 0
    while True:
        grading = service.grading(grading_id)
        for dimension in grading.dimensions[sent:]:
            sent += 1
            yield f"id: {sent}\nevent: dimension\ndata: {dimension.model_dump_json()}\n\n"
        if grading.status is Status.GRADED:
            yield f"id: {sent + 1}\nevent: done\ndata: {grading.model_dump_json()}\n\n"
            return
        await asyncio.sleep(service.pause / 4)
