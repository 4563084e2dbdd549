"""Limits and a budget that all workers share."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REAL: sa.Double[float] = sa.Double()


def upgrade() -> None:
    op.create_table(
        "interviewer_allowances",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", REAL, nullable=False),
        sa.Column("at", REAL, nullable=False),
        sa.PrimaryKeyConstraint("server", "kind"),
    )
    op.create_table(
        "interviewer_turns",
        sa.Column("server", sa.String(length=300), nullable=False),
        sa.Column("process", sa.String(length=200), nullable=False),
        sa.Column("patient", sa.Boolean(), nullable=False),
        sa.Column("crowd", sa.Integer(), nullable=False),
        sa.Column("since", REAL, nullable=False),
        sa.Column("until", REAL, nullable=False),
        sa.PrimaryKeyConstraint("server", "process"),
    )
    op.create_table(
        "interviewer_spending",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("dollars", REAL, nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )


def downgrade() -> None:
    op.drop_table("interviewer_spending")
    op.drop_table("interviewer_turns")
    op.drop_table("interviewer_allowances")
