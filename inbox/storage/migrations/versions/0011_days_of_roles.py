"""Roles with their days, for what lies below a unit too; and what was done to them."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make columns and table. What is held goes on, without days."""
    op.add_column("person", sa.Column("roles_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("grant_", sa.Column("below", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("grant_", sa.Column("since", schema.Day(), nullable=True))
    op.add_column("grant_", sa.Column("until", schema.Day(), nullable=True))
    op.create_table(
        "staff_event",
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", schema.Id(64), nullable=False),
        sa.Column("person_id", schema.Id(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_event_person_id")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_staff_event")),
        sa.UniqueConstraint("id", name=op.f("uq_staff_event_id")),
        sa.UniqueConstraint("person_id", "seq", name=op.f("uq_staff_event_person_id_seq")),
        sa.UniqueConstraint("person_id", "client_id", name=op.f("uq_staff_event_person_id_client_id")),
    )
