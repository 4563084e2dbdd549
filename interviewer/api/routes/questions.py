"""The question bank; the solution of a question stays locked until an attempt."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from interviewer.api.caching import TAGGED, IfNoneMatch, unless_known
from interviewer.api.deps import CursorText, Limit, Owner, Service
from interviewer.api.paging import cut
from interviewer.domain.grading import GraderKind
from interviewer.domain.question import Difficulty, Kind, Question
from interviewer.service.questions import Filters, Opened, Seen
from interviewer.wire import (
    BestScore,
    DimensionOutline,
    QuestionDetail,
    QuestionPage,
    QuestionSummary,
    Solution,
    TopicPage,
    TopicSummary,
)

router = APIRouter(prefix="/v1", tags=["questions"])


@router.get("/questions", response_model=QuestionPage, responses=TAGGED)
async def select(
    service: Service,
    owner: Owner,
    topic: Annotated[str | None, Query(max_length=64)] = None,
    difficulty: Difficulty | None = None,
    kind: Kind | None = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
    practised: bool | None = None,
    limit: Limit = 200,
    cursor: CursorText = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """List the questions that fit."""
    filters = Filters(topic, difficulty, kind, q, practised)
    found = await service.questions.select(owner, filters)
    page, following = cut(found, lambda seen: seen.question.id, cursor, limit)
    return unless_known(
        QuestionPage(items=tuple(map(_summary, page)), next=following), if_none_match
    )


@router.get("/questions/{question_id}", response_model=QuestionDetail, responses=TAGGED)
async def read(
    question_id: str, service: Service, owner: Owner, if_none_match: IfNoneMatch = None
) -> Response:
    """Return one question, with its solution if that is unlocked."""
    return unless_known(_detail(await service.questions.open(owner, question_id)), if_none_match)


@router.get("/attempts/{attempt_id}/question")
async def asked(attempt_id: str, service: Service, owner: Owner) -> QuestionDetail:
    """Return the question of an attempt in the words that it answers, with its solution."""
    return _detail(await service.questions.asked(owner, attempt_id))


@router.put("/questions/{question_id}/study")
async def study(question_id: str, service: Service, owner: Owner) -> QuestionDetail:
    """Switch study mode on for a question: its solution is unlocked, and attempts say so."""
    return _detail(await service.questions.study(owner, question_id))


@router.get("/topics", response_model=TopicPage, responses=TAGGED)
async def topics(
    service: Service,
    owner: Owner,
    limit: Limit = 200,
    cursor: CursorText = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """List the topics."""
    found = await service.questions.topics(owner)
    page, following = cut(found, lambda seen: seen.topic.id, cursor, limit)
    items = tuple(
        TopicSummary(
            id=seen.topic.id,
            title=seen.topic.title,
            covers=seen.topic.covers,
            tips=seen.topic.tips,
            questions=seen.questions,
            practised=seen.practised,
        )
        for seen in page
    )
    return unless_known(TopicPage(items=items, next=following), if_none_match)


def _best(percent: float | None, grader: GraderKind | None) -> BestScore | None:
    if percent is None or grader is None:
        return None
    return BestScore(percent=percent, grader=grader)


def _summary(seen: Seen) -> QuestionSummary:
    question, done = seen
    return QuestionSummary(
        id=question.id,
        title=question.title,
        topic=question.topic,
        kind=question.kind,
        difficulty=question.difficulty,
        minutes=question.minutes,
        attempts=done.attempts,
        best=_best(done.best, done.grader),
    )


def _detail(opened: Opened) -> QuestionDetail:
    question = opened.question
    summary = _summary(Seen(question, opened.practised))
    return QuestionDetail(
        **dict(summary),
        prompt=question.prompt,
        dimensions=tuple(
            DimensionOutline(id=each.id, title=each.title, weight=each.weight)
            for each in question.dimensions
        ),
        hints=question.hints,
        study_mode=opened.study_mode,
        solution=_solution(question) if opened.unlocked else None,
    )


def _solution(question: Question) -> Solution:
    return Solution(
        digest=question.digest,
        rubric=question.rubric,
        misconceptions=question.misconceptions,
        reference_answer=question.reference_answer,
        clarifications=question.clarifications,
        anchors=question.anchors,
    )
