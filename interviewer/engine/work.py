"""The steps of one grading: prepare, rule on each part, finish. Who runs them is not known here.

A step may be run again after a crash, so each writes nothing twice: `prepare` and `finish` change
a grading only while it has not ended, and events are added only when they say something new.
"""

import asyncio
import logging
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.clock import Clock
from interviewer.domain.base import AttemptId, CriterionId, GradingId, Model
from interviewer.domain.grading import GraderKind, Grading
from interviewer.domain.question import Question
from interviewer.engine.appeals import (
    HearsAppeals,
    earlier_rulings,
    heard,
    key_of,
    provenance_of,
)
from interviewer.engine.bulletin import Bulletin
from interviewer.engine.graders import Graders, grader_of
from interviewer.grading.grader import Grader, Part, PartRulings
from interviewer.grading.recipe import Header, assemble, preview
from interviewer.grading.screening import Screening, screen
from interviewer.grading.standing import on_behalf_of
from interviewer.grading.standing_in import StandIn
from interviewer.logs import say
from interviewer.store import gradings, rubrics
from interviewer.store.database import Database
from interviewer.store.gradings import Appeal
from interviewer.store.tables import AttemptRow, GradingRow

log = logging.getLogger(__name__)


class Plan(Model):
    """What `prepare` found; `parts` are the keys of the work, none when there is none to do."""

    ended: bool
    screening: Screening | None
    parts: tuple[str, ...]


class _Subject(Model):
    """All that a step needs to know about a grading."""

    header: Header
    question: Question
    answer: str
    kind: GraderKind
    appeal: Appeal | None
    owner: str
    in_batch: bool


class GradingWork:
    """Does the steps with the parts it was given."""

    def __init__(
        self, database: Database, graders: Graders, clock: Clock, bulletin: Bulletin
    ) -> None:
        self._database = database
        self._graders = graders
        self._clock = clock
        self._bulletin = bulletin

    async def prepare(self, grading_id: GradingId) -> Plan:
        """Mark the grading as running, screen the answer and name the parts of the work."""
        async with self._database.begin() as session:
            row = await gradings.begin(session, grading_id)
            subject = None if row is None else await _subject(session, row)
        if subject is None:
            return Plan(ended=True, screening=None, parts=())
        self._bulletin.ring(grading_id)
        screening = await asyncio.to_thread(screen, subject.question, subject.answer)
        if subject.appeal is not None:
            return Plan(ended=False, screening=screening, parts=(key_of(subject.appeal),))
        grader = await grader_of(self._graders, subject.kind)
        parts = () if screening.refusal else grader.parts(subject.question)
        return Plan(ended=False, screening=screening, parts=tuple(part.key for part in parts))

    async def rule(self, grading_id: GradingId, key: str, screening: Screening) -> PartRulings:
        """Do one part of the work; each dimension is announced as soon as it stands."""
        async with self._database.begin() as session:
            subject = await _load(session, grading_id)
        with on_behalf_of(subject.owner, patient=subject.in_batch):
            return await self._rule(subject, key, screening)

    async def _rule(self, subject: _Subject, key: str, screening: Screening) -> PartRulings:
        grader = await grader_of(self._graders, subject.kind)
        if subject.appeal is not None:
            return await _hear(grader, subject, subject.appeal)
        part = _part(grader, subject.question, key)
        if part is None:
            # The grader cuts its work in another way than when the grading was planned; what
            # nobody rules on is not assessed, and says so.
            return PartRulings(part=key, rulings=())
        async with _Announcer(self._database, self._bulletin, subject, screening) as announcer:
            ruled = await grader.rule(subject.question, subject.answer, part, announcer.publish)
            announcer.publish(ruled)
        return ruled.model_copy(update={"part": key})

    async def finish(
        self,
        session: AsyncSession,
        grading_id: GradingId,
        screening: Screening,
        parts: Sequence[PartRulings],
    ) -> None:
        """Make the numbers and write the end of the grading, in the session's transaction."""
        subject = await _load(session, grading_id)
        grader = await grader_of(self._graders, subject.kind)
        now = self._clock.now()
        seconds = (now - subject.header.created_at).total_seconds()
        question, answer, header = subject.question, subject.answer, subject.header
        appeal = subject.appeal
        if appeal is not None:
            row = await session.get(GradingRow, appeal.grading_id)
            assert row is not None, f"the grading {appeal.grading_id} is gone"
            earlier = earlier_rulings(question, Grading.model_validate_json(row.body))
            parts = (earlier, *map(heard, parts))
        grading = assemble(grader, question, answer, screening, header, parts, seconds)
        if appeal is not None:
            grading = provenance_of(grading, appeal)
        await gradings.end(session, grading, now)
        _tell(grading)

    async def give_up(self, grading_id: GradingId, reason: str) -> None:
        """End a grading that cannot be done: nothing is assessed, for this reason."""
        async with self._database.begin() as session:
            if await gradings.begin(session, grading_id) is None:
                return
            subject = await _load(session, grading_id)
            stand_in = StandIn(subject.kind, reason)
            part = stand_in.nothing(subject.question)
            now = self._clock.now()
            seconds = (now - subject.header.created_at).total_seconds()
            grading = assemble(
                stand_in,
                subject.question,
                subject.answer,
                Screening(refusal=None, flags=(), barred=()),
                subject.header,
                (part,),
                seconds,
            )
            if subject.appeal is not None:
                grading = provenance_of(grading, subject.appeal)
            await gradings.end(session, grading, now)
        self._bulletin.ring(grading_id)

    def ring(self, grading_id: GradingId) -> None:
        """Wake who waits, after the transaction that ended the grading."""
        self._bulletin.ring(grading_id)


class _Announcer:
    """Writes each dimension as an event as soon as its rulings are published."""

    def __init__(
        self, database: Database, bulletin: Bulletin, subject: _Subject, screening: Screening
    ) -> None:
        self._database = database
        self._bulletin = bulletin
        self._subject = subject
        self._screening = screening
        self._queue: asyncio.Queue[PartRulings | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()

    async def __aenter__(self) -> "_Announcer":
        self._writer = asyncio.create_task(self._write())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.publish(None)
        await self._writer

    def publish(self, part: PartRulings | None) -> None:
        """Take rulings from any thread; None ends it."""
        self._loop.call_soon_threadsafe(self._queue.put_nowait, part)

    async def _write(self) -> None:
        while (part := await self._queue.get()) is not None:
            await self._announce(part)

    async def _announce(self, part: PartRulings) -> None:
        subject = self._subject
        dimensions = preview(subject.question, subject.answer, self._screening, part)
        if not dimensions:
            return
        async with self._database.begin() as session:
            for dimension in dimensions:
                body = dimension.model_dump_json()
                await gradings.announce(session, subject.header.id, "dimension", dimension.id, body)
        self._bulletin.ring(subject.header.id)


def _tell(grading: Grading) -> None:
    say(
        log,
        "grading",
        id=grading.id,
        status=grading.status.value,
        grader=grading.grader.kind.value,
        seconds=grading.seconds,
        calls=grading.usage.calls,
        input_tokens=grading.usage.input_tokens,
        output_tokens=grading.usage.output_tokens,
    )


async def _hear(grader: Grader, subject: _Subject, appeal: Appeal) -> PartRulings:
    """Return the ruling on an appeal; a grader that hears none leaves everything as it was."""
    if not isinstance(grader, HearsAppeals):
        return PartRulings(part=key_of(appeal), rulings=())
    ruled = await grader.appeal(
        subject.question,
        subject.answer,
        CriterionId(appeal.criterion_id),
        appeal.start,
        appeal.end,
    )
    return ruled.model_copy(update={"part": key_of(appeal)})


def _part(grader: Grader, question: Question, key: str) -> Part | None:
    return next((part for part in grader.parts(question) if part.key == key), None)


async def _load(session: AsyncSession, grading_id: GradingId) -> _Subject:
    row = await session.get(GradingRow, grading_id)
    assert row is not None, f"the grading {grading_id} is gone"
    return await _subject(session, row)


async def _subject(session: AsyncSession, row: GradingRow) -> _Subject:
    attempt = await session.get(AttemptRow, row.attempt_id)
    assert attempt is not None, f"the grading {row.id} has no attempt"
    return _Subject(
        header=Header(
            id=GradingId(row.id),
            attempt_id=AttemptId(row.attempt_id),
            created_at=row.created_at,
        ),
        question=await rubrics.find(session, row.rubric_digest),
        answer=attempt.answer,
        kind=GraderKind(row.grader),
        appeal=None if row.appeal is None else Appeal.model_validate_json(row.appeal),
        owner=row.owner,
        in_batch=row.batch_id is not None,
    )
