"""What shall be done outside of the database, and how each try went."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "outbox",
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", schema.Id(64), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("due_at", schema.Moment(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=80), nullable=True),
        sa.Column("done_at", schema.Moment(), nullable=True),
        sa.Column("dead_at", schema.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
    )
    waits = sa.text("done_at IS NULL AND dead_at IS NULL")
    op.create_index("ix_outbox_due", "outbox", ["channel", "due_at"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_outbox_order", "outbox", ["channel", "key", "row"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_outbox_done_at", "outbox", ["done_at"])
    op.create_table(
        "outbox_try",
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outbox_row", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["outbox_row"], ["outbox.row"], name=op.f("fk_outbox_try_outbox_row")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_outbox_try")),
    )
    op.create_index("ix_outbox_try_outbox_row", "outbox_try", ["outbox_row"])
