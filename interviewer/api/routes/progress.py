"""How one gets on, and what to review."""

from typing import Annotated

from fastapi import APIRouter, Query

from interviewer.api.deps import CursorText, Limit, Owner, Service
from interviewer.api.paging import cut
from interviewer.service.progress import Due, Measured
from interviewer.wire import GraderCount, ProgressReport, ReviewItem, ReviewPage

router = APIRouter(prefix="/v1", tags=["progress"])


@router.get("/progress")
async def progress(
    service: Service,
    owner: Owner,
    grader: Annotated[
        str | None,
        Query(
            pattern="^(offline|llm|[0-9a-f]{12})$",
            description="A yardstick of `graders`, or a kind for the one of it used last.",
        ),
    ] = None,
) -> ProgressReport:
    """Return trends and lost points by one yardstick; scores of two are never mixed."""
    seen = await service.progress.overview(owner, grader)
    chosen = seen.chosen
    return ProgressReport(
        grader=None if chosen is None else chosen.grader.kind,
        yardstick=None if chosen is None else chosen.id,
        graders=tuple(map(_count, seen.graders)),
        answers=seen.answers,
        days_in_a_row=seen.days_in_a_row,
        practised=seen.practised,
        questions=seen.questions,
        cost_usd=seen.cost_usd,
        left_out=seen.left_out,
        trends=seen.trends,
        heatmap=seen.heatmap,
    )


@router.get("/review-queue")
async def review_queue(
    service: Service, owner: Owner, limit: Limit = 50, cursor: CursorText = None
) -> ReviewPage:
    """List what to review, the earliest first."""
    due = await service.progress.review_queue(owner)
    page, following = cut(due, lambda each: each.review.skill, cursor, limit)
    return ReviewPage(items=tuple(map(_item, page)), next=following)


def _count(measured: Measured) -> GraderCount:
    found = measured.yardstick
    return GraderCount(
        yardstick=found.id,
        kind=found.grader.kind,
        model=found.grader.model,
        answers=measured.answers,
        first_at=measured.first_at,
    )


def _item(due: Due) -> ReviewItem:
    return ReviewItem(
        skill=due.review.skill,
        due_at=due.review.due_at,
        is_due=due.in_days == 0,
        in_days=due.in_days,
        interval_days=due.review.interval_days,
        statement=due.review.failed.statement,
        attempt_id=due.review.attempt_id,
        failed_question_id=due.review.question_id,
        question_id=due.question.id,
        title=due.question.title,
        minutes=due.question.minutes,
    )
