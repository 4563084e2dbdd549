"""The first tables: attempts, gradings and their events, drafts, study mode, consent."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REAL: sa.Double[float] = sa.Double()


def upgrade() -> None:
    op.create_table(
        "interviewer_consents",
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("model", sa.String(length=300), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "server", "model"),
    )
    op.create_table(
        "interviewer_drafts",
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("question_id", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("seconds", REAL, nullable=False),
        sa.Column("typed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "question_id"),
    )
    op.create_table(
        "interviewer_rubrics",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "interviewer_study",
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("question_id", sa.String(length=64), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "question_id"),
    )
    op.create_table(
        "interviewer_attempts",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("question_id", sa.String(length=64), nullable=False),
        sa.Column("rubric_digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seconds", REAL, nullable=True),
        sa.Column("revises", sa.String(length=64), nullable=True),
        sa.Column("study_mode", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["rubric_digest"],
            ["interviewer_rubrics.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_interviewer_attempts_history",
        "interviewer_attempts",
        ["owner", "batch_id", "created_at", "id"],
    )
    op.create_index(
        "ix_interviewer_attempts_question",
        "interviewer_attempts",
        ["owner", "question_id", "created_at"],
    )
    op.create_table(
        "interviewer_gradings",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("attempt_id", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("grader", sa.String(length=20), nullable=False),
        sa.Column("rubric_digest", sa.String(length=64), nullable=False),
        sa.Column("percent", REAL, nullable=True),
        sa.Column("cost_usd", REAL, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("reaps", sa.Integer(), nullable=False),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["interviewer_attempts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["rubric_digest"],
            ["interviewer_rubrics.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_interviewer_gradings_attempt", "interviewer_gradings", ["attempt_id", "created_at"]
    )
    op.create_index(
        "ix_interviewer_gradings_owner", "interviewer_gradings", ["owner", "created_at"]
    )
    op.create_index(
        "ix_interviewer_gradings_unfinished", "interviewer_gradings", ["status", "owner"]
    )
    op.create_table(
        "interviewer_events",
        sa.Column("grading_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["grading_id"], ["interviewer_gradings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("grading_id", "id"),
    )
    op.create_table(
        "interviewer_submissions",
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("grading_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["grading_id"], ["interviewer_gradings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner", "key"),
    )


def downgrade() -> None:
    for name in (
        "submissions",
        "events",
        "gradings",
        "attempts",
        "study",
        "rubrics",
        "drafts",
        "consents",
    ):
        op.drop_table(f"interviewer_{name}")
