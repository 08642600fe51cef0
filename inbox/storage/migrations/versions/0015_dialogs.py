"""Versions of dialogs, and what was done to them."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the tables. What is delivered with the program comes into them when it starts."""
    op.create_table(
        "dialog",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_dialog")),
    )
    op.create_table(
        "definition",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["name"], ["dialog.name"], name=op.f("fk_definition_name")),
        sa.PrimaryKeyConstraint("name", "number", name=op.f("pk_definition")),
    )
    op.create_table(
        "dialog_event",
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", schema.Id(64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["name"], ["dialog.name"], name=op.f("fk_dialog_event_name")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_dialog_event")),
        sa.UniqueConstraint("id", name=op.f("uq_dialog_event_id")),
        sa.UniqueConstraint("name", "seq", name=op.f("uq_dialog_event_name_seq")),
        sa.UniqueConstraint("name", "client_id", name=op.f("uq_dialog_event_name_client_id")),
    )
