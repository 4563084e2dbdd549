"""Hands the rows of batches to the engine, a few ahead of the work, in turns between owners.

A batch of ten thousand rows is ten thousand rows of one table, not ten thousand jobs: the engine
holds only what it will come to soon. So another's batch starts at once, a cancelled one has little
to stop, and a purge little to clear. Every process feeds: who moves a batch's mark on has the rows
up to it.
"""

import asyncio
import logging
import uuid
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.clock import Clock
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import AttemptId, GradingId, QuestionId
from interviewer.domain.grading import GraderKind, Status
from interviewer.engine.graders import Graders, grader_soon
from interviewer.engine.jobs import Job, Jobs, Lane
from interviewer.errors import InputError
from interviewer.grading.grader import Grader
from interviewer.grading.recipe import Header, pending
from interviewer.grading.standing_in import StandIn
from interviewer.store import attempts, batch_lines, batches, gradings, rubrics
from interviewer.store.database import Database
from interviewer.store.tables import BatchLineRow, BatchRow

AHEAD = 64
"""Gradings that wait in the engine: twice what one process works on at a time."""

PIECE = 16
"""Rows in one transaction, so that none is open for long."""

BUSY_SECONDS, IDLE_SECONDS = 0.2, 1.0
TORN_AFTER = timedelta(hours=1)
"""An upload that has not ended after this long has lost its process."""

log = logging.getLogger(__name__)


class Feeder:
    """Runs beside the jobs, in every process."""

    def __init__(self, database: Database, jobs: Jobs, graders: Graders, clock: Clock) -> None:
        self._database = database
        self._jobs = jobs
        self._graders = graders
        self._clock = clock
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Look for rows at once: some have come."""
        self._awake.set()

    async def start(self) -> None:
        """Feed from now on."""
        async with self._database.begin() as session:
            await batches.drop_torn(session, self._clock.now() - TORN_AFTER)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Feed no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def tick(self) -> int:
        """Fill the engine up; return how many rows were handed over."""
        fed = 0
        while piece := await self._piece():
            fed += piece
        return fed

    async def _run(self) -> None:
        while True:
            self._awake.clear()
            try:
                fed = await self.tick()
            except (SQLAlchemyError, OSError) as error:
                # A database that is away for a moment; nothing is lost by feeding later.
                log.warning("feeding batches failed (%s)", type(error).__name__)
                fed = 0
            try:
                async with asyncio.timeout(BUSY_SECONDS if fed else IDLE_SECONDS):
                    await self._awake.wait()
            except TimeoutError:
                continue

    async def _piece(self) -> int:
        async with self._database.begin() as session:
            found = await batch_lines.hungriest(session)
            if found is None or await batch_lines.queued(session) >= AHEAD:
                return 0
        batch, load = found
        grader = await self._grader(GraderKind(batch.grader))
        async with self._database.begin() as session:
            lines = await batch_lines.next_lines(session, batch.id, batch.fed, PIECE)
            if not await batch_lines.advance(session, batch, len(lines)):
                return 0
            for place, line in enumerate(lines):
                if line.failure is None:
                    await self._feed(session, batch, line, grader, load + place)
            return len(lines)

    async def _grader(self, kind: GraderKind) -> Grader:
        try:
            return await grader_soon(self._graders, kind)
        except InputError as trouble:
            return StandIn(kind, str(trouble))

    async def _feed(
        self,
        session: AsyncSession,
        batch: BatchRow,
        line: BatchLineRow,
        grader: Grader,
        priority: int,
    ) -> None:
        """Make the row an attempt with a queued grading, and a job."""
        assert line.rubric_digest is not None
        assert line.answer is not None
        question = await rubrics.find(session, line.rubric_digest)
        header = Header(
            id=GradingId(uuid.uuid4().hex),
            attempt_id=AttemptId(uuid.uuid4().hex),
            created_at=self._clock.now(),
        )
        attempt = Attempt(
            id=header.attempt_id,
            question_id=QuestionId(question.id),
            answer=line.answer,
            created_at=header.created_at,
            seconds=None,
            revises=None,
            study_mode=False,
            gradings=(),
        )
        grading = pending(grader, question, header, Status.QUEUED)
        attempts.add(session, batch.owner, attempt, line.rubric_digest, batch.id)
        gradings.add(session, batch.owner, grading, batch_id=batch.id)
        line.grading_id, line.answer = grading.id, None
        await session.flush()
        job = Job(grading_id=grading.id, lane=Lane.BATCH, priority=priority)
        await self._jobs.submit(session, job)
