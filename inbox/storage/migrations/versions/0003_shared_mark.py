"""When a party has read what another party sees too."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "shared_mark",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("reader", sa.String(length=20), nullable=False),
        sa.Column("viewer", sa.String(length=20), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_shared_mark_case_id")),
        sa.PrimaryKeyConstraint("case_id", "reader", "viewer", name=op.f("pk_shared_mark")),
    )
