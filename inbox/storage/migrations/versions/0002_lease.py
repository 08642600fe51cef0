"""Which process does what only one should do."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "lease",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("until", schema.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_lease")),
    )
