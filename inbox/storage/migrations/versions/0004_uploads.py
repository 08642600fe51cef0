"""Uploads that arrive in parts, and the sizes of previews."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table, and the columns."""
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=True),
        sa.Column("begun_at", schema.Moment(), nullable=False),
        sa.Column("expires_at", schema.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_owner"), "upload", ["owner"])
    op.create_index(op.f("ix_upload_expires_at"), "upload", ["expires_at"])
    op.create_index(op.f("ix_upload_who_begun_at"), "upload", ["who", "begun_at"])
    for side in ("width", "height"):
        op.add_column("file", sa.Column(side, sa.Integer(), server_default="0", nullable=False))
