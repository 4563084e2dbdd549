"""A candidate says "I said this": one criterion is ruled on again, and both rulings are kept."""

import uuid

from interviewer.clock import Clock
from interviewer.domain.base import AttemptId, CriterionId, GradingId
from interviewer.domain.grading import GraderKind, Grading, Status
from interviewer.engine.appeals import provenance_of
from interviewer.engine.graders import Graders, grader_soon
from interviewer.engine.jobs import Job, Jobs
from interviewer.errors import Conflict, InputError
from interviewer.grading.recipe import Header, pending
from interviewer.store import attempts, gradings, rubrics
from interviewer.store.database import Database
from interviewer.store.gradings import Appeal


class Appeals:
    """Queues appeals."""

    def __init__(self, database: Database, jobs: Jobs, graders: Graders, clock: Clock) -> None:
        self._database = database
        self._jobs = jobs
        self._graders = graders
        self._clock = clock

    async def appeal(self, owner: str, appeal: Appeal) -> Grading:
        """Queue a grading that rules on one criterion again; everything else of it stays.

        Raises: NotFound; Conflict while the grading has no rulings; InputError for words or a
            criterion that are not there.
        """
        async with self._database.begin() as session:
            row = await gradings.find_row(session, owner, appeal.grading_id)
            attempt = await attempts.find_row(session, owner, row.attempt_id)
            question = await rubrics.find(session, row.rubric_digest)
        if row.status not in {Status.GRADED, Status.PARTIAL}:
            raise Conflict(
                f"The grading {row.id!r} is {row.status}; appeal once there are rulings."
            )
        known = {criterion.id for criterion in question.rubric.criteria()}
        if appeal.criterion_id not in known:
            raise InputError(
                f"The question has no criterion {appeal.criterion_id!r}; name one of the grading.",
                field="criterion_id",
            )
        if not 0 <= appeal.start < appeal.end <= len(attempt.answer):
            raise InputError(
                f"The words {appeal.start}-{appeal.end} are not in the answer of "
                f"{len(attempt.answer)} characters; mark some of it.",
                field="end",
            )
        grader = await grader_soon(self._graders, GraderKind(row.grader))
        header = Header(
            id=GradingId(uuid.uuid4().hex),
            attempt_id=AttemptId(attempt.id),
            created_at=self._clock.now(),
        )
        grading = provenance_of(pending(grader, question, header, Status.QUEUED), appeal)
        async with self._database.begin() as session:
            waiting = await gradings.unfinished(session, owner)
            gradings.add(session, owner, grading, appeal)
            await session.flush()
            await self._jobs.submit(session, Job(grading_id=grading.id, priority=waiting))
        return grading


def appeal_of(
    grading_id: str, criterion_id: CriterionId, start: int, end: int, note: str
) -> Appeal:
    """Return an appeal of these values."""
    return Appeal(grading_id=grading_id, criterion_id=criterion_id, start=start, end=end, note=note)
