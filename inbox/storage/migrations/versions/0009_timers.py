"""What happens to a case by itself: until now looked for among all registrations that were answered."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table, with what runs: each thread closes when its reply window is over."""
    op.create_table(
        "timer",
        sa.Column("case_id", schema.Id(64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("due_at", schema.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_timer_case_id")),
        sa.PrimaryKeyConstraint("case_id", "name", name=op.f("pk_timer")),
    )
    op.execute(
        """
        INSERT INTO timer (case_id, name, due_at)
        SELECT case_id, 'close_thread', min(reply_until) FROM registration
        WHERE state = 'answered' AND reply_until IS NOT NULL GROUP BY case_id
        """
    )
    op.create_index("ix_timer_due_at_case_id_name", "timer", ["due_at", "case_id", "name"])
