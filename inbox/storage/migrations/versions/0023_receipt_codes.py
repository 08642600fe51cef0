"""Receipt codes of those who do not say who they are."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """A table of its own."""
    op.create_table(
        "receipt_code",
        sa.Column("id", schema.Id(64), nullable=False),
        sa.Column("case_id", schema.Id(64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", schema.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_code")),
        sa.UniqueConstraint("case_id", name=op.f("uq_receipt_code_case_id")),
        sa.UniqueConstraint("hash", name=op.f("uq_receipt_code_hash")),
    )
