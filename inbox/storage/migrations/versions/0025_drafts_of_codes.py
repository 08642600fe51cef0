"""Whoever holds a receipt code answers what is asked within their case, in a draft of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """No draft of before is one."""
    op.add_column("draft", sa.Column("code_id", sa.String(length=64), nullable=True))
