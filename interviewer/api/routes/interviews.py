"""Sit an interview: questions in order, one clock, a report at the end."""

from fastapi import APIRouter, status

from interviewer.api.deps import Limit, Owner, Service
from interviewer.domain.interview import Interview, Step, StepState
from interviewer.errors import Conflict
from interviewer.service.interview_reports import Report, Told, report_on
from interviewer.service.interviews import Interviews, Plan
from interviewer.wire import (
    AnswerRequest,
    ClarificationRequest,
    InterviewPage,
    InterviewReport,
    InterviewRequest,
    InterviewRoom,
    InterviewSummary,
    ReportStep,
    RoomStep,
    ToPractise,
)

router = APIRouter(prefix="/v1/interviews", tags=["interviews"])


@router.post("", status_code=status.HTTP_201_CREATED)
async def start(body: InterviewRequest, service: Service, owner: Owner) -> InterviewRoom:
    """Choose the questions and start the clock."""
    return _room(service.interviews, await service.interviews.start(owner, Plan(**dict(body))))


@router.get("")
async def newest(service: Service, owner: Owner, limit: Limit = 20) -> InterviewPage:
    """List one's latest interviews."""
    found = await service.interviews.newest(owner, limit)
    return InterviewPage(
        items=tuple(_summary(service.interviews, each) for each in found), next=None
    )


@router.get("/{interview_id}")
async def read(interview_id: str, service: Service, owner: Owner) -> InterviewRoom:
    """Return the interview as it stands now."""
    return _room(service.interviews, await service.interviews.current(owner, interview_id))


@router.post("/{interview_id}/answers")
async def answer(
    interview_id: str, body: AnswerRequest, service: Service, owner: Owner
) -> InterviewRoom:
    """Hand in an answer, or a follow-up's answer."""
    moved = await service.interviews.answer(
        owner, interview_id, body.step, body.answer, body.seconds
    )
    return _room(service.interviews, moved)


@router.post("/{interview_id}/clarifications")
async def clarify(
    interview_id: str, body: ClarificationRequest, service: Service, owner: Owner
) -> InterviewRoom:
    """Ask the interviewer; what is no fact of the question is for the candidate to assume."""
    moved = await service.interviews.clarify(owner, interview_id, body.text)
    return _room(service.interviews, moved)


@router.post("/{interview_id}/hints")
async def hint(interview_id: str, service: Service, owner: Owner) -> InterviewRoom:
    """Take the next hint, at the cost that the room shows."""
    return _room(service.interviews, await service.interviews.hint(owner, interview_id))


@router.post("/{interview_id}/finish")
async def finish(interview_id: str, service: Service, owner: Owner) -> InterviewRoom:
    """End the interview early."""
    return _room(service.interviews, await service.interviews.finish(owner, interview_id))


@router.get("/{interview_id}/report")
async def report(interview_id: str, service: Service, owner: Owner) -> InterviewReport:
    """Return the report; there is none before the end."""
    told = await report_on(service.interviews, owner, interview_id)
    if not service.interviews.is_over(told.interview):
        raise Conflict(f"Interview {interview_id!r} is still on; its report comes at the end.")
    return _report(told)


def _summary(service: Interviews, interview: Interview) -> InterviewSummary:
    return InterviewSummary(
        id=interview.id,
        role=interview.role,
        created_at=interview.created_at,
        questions=len(interview.steps),
        answered=sum(step.handed is not None for step in interview.steps),
        over=service.is_over(interview),
    )


def _room(service: Interviews, interview: Interview) -> InterviewRoom:
    return InterviewRoom(
        id=interview.id,
        role=interview.role,
        created_at=interview.created_at,
        deadline=interview.deadline,
        over=service.is_over(interview),
        follow_ups=interview.follow_ups,
        place=interview.place,
        steps=tuple(
            _room_step(service, step, on=n == interview.place, past=n < interview.place)
            for n, step in enumerate(interview.steps)
        ),
    )


def _room_step(service: Interviews, step: Step, *, on: bool, past: bool) -> RoomStep:
    question = service.question(step)
    left = question.hints[step.hints :]
    return RoomStep(
        question_id=question.id,
        # What is still to come is not given away.
        title=question.title if on or past else "",
        prompt=question.prompt if on or past else "",
        minutes=question.minutes,
        state=step.state if on or past else StepState.WAITING,
        exchanges=step.exchanges,
        hints=tuple(each.text for each in question.hints[: step.hints]),
        next_hint_cost=left[0].cost if left else None,
        follow_up=step.nudge.ask if step.nudge is not None else None,
        follow_up_note="" if step.nudge is None else step.nudge.note,
        draft_id=service.draft_id(step),
        grading_id=step.handed.grading_id if step.handed is not None else None,
    )


def _report(told: Report) -> InterviewReport:
    return InterviewReport(
        id=told.interview.id,
        role=told.interview.role,
        created_at=told.interview.created_at,
        finished_at=told.interview.finished_at,
        pending=told.pending,
        unanswered=sum(each.step.handed is None for each in told.steps),
        ungraded=sum(each.figures is None for each in told.steps),
        percent=told.percent,
        panel=told.panel,
        steps=tuple(map(_report_step, told.steps)),
        to_practise=tuple(ToPractise(**gap._asdict()) for gap in told.gaps),
    )


def _report_step(told: Told) -> ReportStep:
    return ReportStep(
        question_id=told.question.id,
        title=told.question.title,
        prompt=told.question.prompt,
        answer=told.answer,
        grading=told.grading,
        exchanges=told.step.exchanges,
        hints=tuple(each.text for each in told.question.hints[: told.step.hints]),
        follow_up=None if told.step.nudge is None else told.step.nudge.ask,
        follow_up_answer=told.follow_up_answer,
        follow_up_grading=told.follow_up_grading,
        figures=told.figures,
    )
