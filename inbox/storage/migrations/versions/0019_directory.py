"""The directory in tables. What the file of the settings holds is taken in at `migrate`, or at the next start."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make tables."""
    op.create_table(
        "directory_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", schema.Id(64), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_directory_event")),
        sa.UniqueConstraint("id", name=op.f("uq_directory_event_id")),
    )
    op.create_index(op.f("ix_directory_event_client_id"), "directory_event", ["client_id"])
    op.create_table(
        "directory_record",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("id", schema.Id(64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", schema.Moment(), nullable=False),
        sa.Column("until", schema.Moment(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "seq", name=op.f("pk_directory_record")),
    )
    op.create_index(op.f("ix_directory_record_seq"), "directory_record", ["seq"])
