"""A draft may be of what is asked within a case: it is sent into that case, and begins none."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """No draft of before is one."""
    op.add_column("draft", sa.Column("case_id", sa.String(length=64), nullable=True))
    op.add_column("draft", sa.Column("request", sa.String(length=64), nullable=True))
