"""Hands an answer in, and lets it be graded again, cancelled or looked at.

The attempt and its job are written in one transaction: after the reply neither can be lost, and
without it neither exists.
"""

import asyncio
import hashlib
import uuid
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import AttemptId, GradingId, Model, QuestionId
from interviewer.domain.grading import GraderKind, Grading, Status
from interviewer.domain.question import Question
from interviewer.engine.bulletin import Bulletin
from interviewer.engine.graders import Graders, grader_soon
from interviewer.engine.jobs import Job, Jobs
from interviewer.errors import InputError, NotFound
from interviewer.grading.recipe import Header, pending
from interviewer.service.rubrics import refuse_faulty
from interviewer.store import attempts, candidates, gradings, rubrics, submissions
from interviewer.store.database import Database
from interviewer.store.tables import AttemptRow

MAX_KEY = 255


class Submission(Model):
    """An answer as it was handed in; the question is one of the bank's or the caller's own."""

    question: QuestionId | Question
    answer: str
    grader: GraderKind | None = None
    revises: AttemptId | None = None
    seconds: float | None = None

    @property
    def digest(self) -> str:
        """Return 64 hex digits over all of it (SHA-256), to tell whether two are the same."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class _Submitted(Exception):
    """The same key was used at the same moment, and the other was first."""

    def __init__(self, grading_id: str) -> None:
        super().__init__(grading_id)
        self.grading_id = grading_id


class Practice:
    """Everything that starts or stops a grading."""

    def __init__(
        self,
        bank: QuestionBank,
        database: Database,
        jobs: Jobs,
        graders: Graders,
        clock: Clock,
        bulletin: Bulletin,
        check: Callable[[str], None],
    ) -> None:
        """Take the parts; `check` raises AnswerRejected for what cannot be graded or stored."""
        self._bank = bank
        self._database = database
        self._jobs = jobs
        self._graders = graders
        self._clock = clock
        self._bulletin = bulletin
        self._check = check

    async def submit(self, owner: str, submission: Submission, key: str | None = None) -> Grading:
        """Store the attempt, queue its grading and return it; the same key gives the first one.

        Raises: InputError, AnswerRejected; FaultyFiles for a question of one's own with faults;
        NotFound for an unknown question or revised attempt; KeyReused when the key came with
        another body before.
        """
        check_key(key)
        self._check(submission.answer)
        if isinstance(submission.question, Question):
            # In a thread: a question may be as long as a file, and others wait on this loop.
            await asyncio.to_thread(refuse_faulty, submission.question)
        return await self.submit_ours(owner, submission, key)

    async def submit_ours(self, owner: str, submission: Submission, key: str | None) -> Grading:
        """Do the same for a question that was made here, which need not pass as a question file.

        Raises: as `submit`, but for FaultyFiles.
        """
        check_key(key)
        self._check(submission.answer)
        question = self._question(submission.question)
        grading = await self._queued(question, submission.grader, AttemptId(uuid.uuid4().hex))
        try:
            async with self._database.begin() as session:
                await self._refuse_second(session, owner, submission, key)
                await self._store(session, owner, submission, question, grading)
                await self._claim(session, owner, submission, key, grading.id)
        except _Submitted as first:
            return await self.grading(owner, first.grading_id)
        return grading

    async def grading(self, owner: str, grading_id: str) -> Grading:
        """Return a grading as it stands. Raises: NotFound."""
        async with self._database.begin() as session:
            return await gradings.find(session, owner, grading_id)

    async def regrade(
        self, owner: str, grading_id: str, grader: GraderKind | None = None
    ) -> Grading:
        """Queue another grading of the same answer; the bank's question of today is used.

        Raises: NotFound, InputError.
        """
        async with self._database.begin() as session:
            row = await gradings.find_row(session, owner, grading_id)
            attempt = await attempts.find_row(session, owner, row.attempt_id)
            question = await self._current(session, attempt)
        grading = await self._queued(question, grader, AttemptId(attempt.id))
        async with self._database.begin() as session:
            await rubrics.keep(session, question)
            await self._queue(session, owner, grading)
        return grading

    async def cancel(self, owner: str, grading_id: str) -> Grading:
        """Stop a grading; one that has ended stays as it is. Raises: NotFound."""
        now = self._clock.now()
        async with self._database.begin() as session:
            grading = await gradings.find(session, owner, grading_id)
            if grading.status.is_final:
                return grading
            cancelled = grading.model_copy(
                update={
                    "status": Status.CANCELLED,
                    "seconds": (now - grading.created_at).total_seconds(),
                }
            )
            stopped = await gradings.end(session, cancelled, now)
        if stopped:
            await self._jobs.cancel([grading.id])
            self._bulletin.ring(grading.id)
        return await self.grading(owner, grading_id)

    def _question(self, asked: QuestionId | Question) -> Question:
        return asked if isinstance(asked, Question) else self._bank.question(asked)

    async def _current(self, session: AsyncSession, attempt: AttemptRow) -> Question:
        """Return the question as the bank has it, or as it was sent along."""
        sent = await rubrics.find(session, attempt.rubric_digest)
        try:
            return self._bank.question(attempt.question_id)
        except NotFound:
            return sent

    async def _queued(
        self, question: Question, kind: GraderKind | None, attempt_id: AttemptId
    ) -> Grading:
        grader = await grader_soon(self._graders, kind or self._graders.default)
        header = Header(
            id=GradingId(uuid.uuid4().hex), attempt_id=attempt_id, created_at=self._clock.now()
        )
        return pending(grader, question, header, Status.QUEUED)

    async def _refuse_second(
        self, session: AsyncSession, owner: str, submission: Submission, key: str | None
    ) -> None:
        if key is not None:
            first = await submissions.first(session, owner, key, submission.digest)
            if first is not None:
                raise _Submitted(first)

    async def _store(
        self,
        session: AsyncSession,
        owner: str,
        submission: Submission,
        question: Question,
        grading: Grading,
    ) -> None:
        await self._check_revised(session, owner, submission.revises, question)
        await rubrics.keep(session, question)
        attempt = Attempt(
            id=grading.attempt_id,
            question_id=question.id,
            answer=submission.answer,
            created_at=grading.created_at,
            seconds=submission.seconds,
            revises=submission.revises,
            study_mode=await candidates.studies(session, owner, question.id),
            gradings=(),
        )
        attempts.add(session, owner, attempt, question.digest)
        await candidates.drop_draft(session, owner, question.id, submission.answer)
        await self._queue(session, owner, grading)

    async def _queue(self, session: AsyncSession, owner: str, grading: Grading) -> None:
        waiting = await gradings.unfinished(session, owner)
        gradings.add(session, owner, grading)
        await session.flush()
        await self._jobs.submit(session, Job(grading_id=grading.id, priority=waiting))

    async def _claim(
        self,
        session: AsyncSession,
        owner: str,
        submission: Submission,
        key: str | None,
        grading_id: GradingId,
    ) -> None:
        if key is None:
            return
        first = await submissions.claim(session, owner, key, submission.digest, grading_id)
        if first is not None:
            raise _Submitted(first)

    async def _check_revised(
        self, session: AsyncSession, owner: str, revises: str | None, question: Question
    ) -> None:
        if revises is None:
            return
        revised = await attempts.find_row(session, owner, revises)
        if revised.question_id != question.id:
            raise InputError(
                f"The attempt {revises!r} answers the question {revised.question_id!r}; name one "
                f"of {question.id!r}, or none.",
                field="revises",
            )


def check_key(key: str | None) -> None:
    """Raises: InputError for an idempotency key that cannot be kept."""
    if key is not None and not (0 < len(key) <= MAX_KEY and key.isprintable()):
        raise InputError(
            f"The Idempotency-Key must be 1 to {MAX_KEY} printable characters; a UUID will do.",
            field="Idempotency-Key",
        )
