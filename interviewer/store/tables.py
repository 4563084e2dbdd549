"""Our tables. Their names are prefixed, for the durable engine keeps its own beside them.

A grading and a question are kept as the JSON that callers see, beside the few columns that
queries need: what was shown is what is stored.
"""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

PREFIX = "interviewer_"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A point in time, kept as whole microseconds since 1970 in UTC: sorts the same everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


Id = String(64)
Owner = String(200)


class Base(DeclarativeBase):
    """All of our tables."""


class RubricRow(Base):
    """A question as it was graded with, kept for as long as a grading names its digest."""

    __tablename__ = f"{PREFIX}rubrics"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[str] = mapped_column(Text)


class AttemptRow(Base):
    """One answer; nothing of it ever changes."""

    __tablename__ = f"{PREFIX}attempts"
    __table_args__ = (
        Index("ix_interviewer_attempts_history", "owner", "batch_id", "created_at", "id"),
        Index("ix_interviewer_attempts_question", "owner", "question_id", "created_at"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner: Mapped[str] = mapped_column(Owner)
    question_id: Mapped[str] = mapped_column(Id)
    rubric_digest: Mapped[str] = mapped_column(ForeignKey(RubricRow.digest))
    answer: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    seconds: Mapped[float | None]
    revises: Mapped[str | None] = mapped_column(Id)
    study_mode: Mapped[bool]
    batch_id: Mapped[str | None] = mapped_column(Id)
    """The batch that it came with; those are not part of the history."""


class GradingRow(Base):
    """One grading, from `queued` to its end."""

    __tablename__ = f"{PREFIX}gradings"
    __table_args__ = (
        Index("ix_interviewer_gradings_attempt", "attempt_id", "created_at"),
        Index("ix_interviewer_gradings_unfinished", "status", "owner"),
        Index("ix_interviewer_gradings_owner", "owner", "created_at"),
        Index("ix_interviewer_gradings_batch", "batch_id", "status"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey(AttemptRow.id, ondelete="CASCADE"))
    owner: Mapped[str] = mapped_column(Owner)
    status: Mapped[str] = mapped_column(String(20))
    grader: Mapped[str] = mapped_column(String(20))
    rubric_digest: Mapped[str] = mapped_column(ForeignKey(RubricRow.digest))
    percent: Mapped[float | None]
    cost_usd: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    events: Mapped[int] = mapped_column(default=0)
    """How many events there are; the last one's id."""
    reaps: Mapped[int] = mapped_column(default=0)
    """How often the process that worked on it died."""
    appeal: Mapped[str | None] = mapped_column(Text)
    """What is ruled on again, as JSON; null for an ordinary grading."""
    batch_id: Mapped[str | None] = mapped_column(Id)
    """The batch that it is a row of; null for interactive work."""
    body: Mapped[str] = mapped_column(Text)


class EventRow(Base):
    """Something that happened in a grading, as it is sent to whoever watches."""

    __tablename__ = f"{PREFIX}events"

    grading_id: Mapped[str] = mapped_column(
        ForeignKey(GradingRow.id, ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(Id)
    """The id of the dimension or misconception; empty for `done`."""
    body: Mapped[str] = mapped_column(Text)


class SubmissionRow(Base):
    """An idempotency key, and the grading that it was first used for."""

    __tablename__ = f"{PREFIX}submissions"

    owner: Mapped[str] = mapped_column(Owner, primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    grading_id: Mapped[str] = mapped_column(ForeignKey(GradingRow.id, ondelete="CASCADE"))


class DraftRow(Base):
    """What was typed for a question and not yet submitted."""

    __tablename__ = f"{PREFIX}drafts"

    owner: Mapped[str] = mapped_column(Owner, primary_key=True)
    question_id: Mapped[str] = mapped_column(Id, primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    seconds: Mapped[float]
    typed_at: Mapped[datetime] = mapped_column(Moment)


class StudyRow(Base):
    """Since when a candidate has had a question's solution unlocked."""

    __tablename__ = f"{PREFIX}study"

    owner: Mapped[str] = mapped_column(Owner, primary_key=True)
    question_id: Mapped[str] = mapped_column(Id, primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)


class InterviewRow(Base):
    """One interview, kept as its own JSON; each change names the one it was made from."""

    __tablename__ = f"{PREFIX}interviews"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner: Mapped[str] = mapped_column(Owner, index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[str] = mapped_column(Text)


class WarmUpRow(Base):
    """Which option of a warm-up a candidate chose; in one run the first choice counts."""

    __tablename__ = f"{PREFIX}warm_ups"

    owner: Mapped[str] = mapped_column(Owner, primary_key=True)
    seed: Mapped[str] = mapped_column(Id, primary_key=True)
    question_id: Mapped[str] = mapped_column(Id, primary_key=True)
    chosen: Mapped[int]
    """Position in the file's order, counted from 0."""
    best: Mapped[bool]
    chosen_at: Mapped[datetime] = mapped_column(Moment)


class ConsentRow(Base):
    """That a candidate agreed to send answers to a model on a server."""

    __tablename__ = f"{PREFIX}consents"

    owner: Mapped[str] = mapped_column(Owner, primary_key=True)
    server: Mapped[str] = mapped_column(String(300), primary_key=True)
    model: Mapped[str] = mapped_column(String(300), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(Moment)


class KeyRow(Base):
    """An API key; whoever reads this table cannot use it."""

    __tablename__ = f"{PREFIX}keys"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(Owner)
    scopes: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class BatchRow(Base):
    """Many answers that were sent in one go."""

    __tablename__ = f"{PREFIX}batches"
    __table_args__ = (
        Index("ix_interviewer_batches_owner", "owner", "created_at", "id"),
        Index("ix_interviewer_batches_state", "state"),
        UniqueConstraint("owner", "key"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner: Mapped[str] = mapped_column(Owner)
    created_at: Mapped[datetime] = mapped_column(Moment)
    grader: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    """`receiving`, `open` or `cancelled`; how far the work is stands with its rows."""
    key: Mapped[str | None] = mapped_column(String(255))
    """The idempotency key that it was sent under."""
    digest: Mapped[str | None] = mapped_column(String(64))
    total: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    fed: Mapped[int] = mapped_column(default=0)
    """Rows up to this number have been handed to the engine."""


class BatchLineRow(Base):
    """One row of a batch: its answer until it is handed to the engine, its grading from then on."""

    __tablename__ = f"{PREFIX}batch_lines"

    batch_id: Mapped[str] = mapped_column(
        ForeignKey(BatchRow.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counts rows from 1."""
    line: Mapped[int]
    """Counts lines from 1, empty ones as well."""
    row_id: Mapped[str | None] = mapped_column(String(200))
    question_id: Mapped[str | None] = mapped_column(Id)
    rubric_digest: Mapped[str | None] = mapped_column(ForeignKey(RubricRow.digest))
    answer: Mapped[str | None] = mapped_column(Text)
    grading_id: Mapped[str | None] = mapped_column(Id)
    failure: Mapped[str | None] = mapped_column(Text)
    """Why it could not be graded at all, as the JSON of a row of the output."""


class AllowanceRow(Base):
    """What is left of one limit per minute at one moment, for all workers together."""

    __tablename__ = f"{PREFIX}allowances"

    server: Mapped[str] = mapped_column(String(300), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    """`requests` or `tokens`."""
    level: Mapped[float]
    at: Mapped[float]
    """Seconds since 1970 on the database's clock."""


class TurnRow(Base):
    """The foremost call of one process that waits for its turn; forgotten soon after `until`."""

    __tablename__ = f"{PREFIX}turns"

    server: Mapped[str] = mapped_column(String(300), primary_key=True)
    process: Mapped[str] = mapped_column(String(200), primary_key=True)
    patient: Mapped[bool]
    crowd: Mapped[int]
    since: Mapped[float]
    until: Mapped[float]


class SpendingRow(Base):
    """What the calls of one day cost, those under way included."""

    __tablename__ = f"{PREFIX}spending"

    day: Mapped[date] = mapped_column(primary_key=True)
    dollars: Mapped[float]
