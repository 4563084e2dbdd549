"""Batches, their rows, and the gradings that belong to them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("interviewer_gradings") as gradings:
        gradings.add_column(sa.Column("batch_id", sa.String(length=64), nullable=True))
        gradings.create_index("ix_interviewer_gradings_batch", ["batch_id", "status"])
    op.create_table(
        "interviewer_batches",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("grader", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("fed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("owner", "key"),
    )
    op.create_index(
        "ix_interviewer_batches_owner", "interviewer_batches", ["owner", "created_at", "id"]
    )
    op.create_index("ix_interviewer_batches_state", "interviewer_batches", ["state"])
    op.create_table(
        "interviewer_batch_lines",
        sa.Column("batch_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(length=200), nullable=True),
        sa.Column("question_id", sa.String(length=64), nullable=True),
        sa.Column("rubric_digest", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("grading_id", sa.String(length=64), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["interviewer_batches.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rubric_digest"], ["interviewer_rubrics.digest"]),
        sa.PrimaryKeyConstraint("batch_id", "number"),
    )


def downgrade() -> None:
    op.drop_table("interviewer_batch_lines")
    op.drop_table("interviewer_batches")
    with op.batch_alter_table("interviewer_gradings") as gradings:
        gradings.drop_index("ix_interviewer_gradings_batch")
        gradings.drop_column("batch_id")
