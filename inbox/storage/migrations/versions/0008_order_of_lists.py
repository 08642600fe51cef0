"""Indexes in which the lists of a desk stand in their order."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

PLACE = ("received_at", "case_id", "id")


def upgrade() -> None:
    """Make them; the one before held a part of the first."""
    op.drop_index("ix_registration_owner_open_goal", "registration")
    op.create_index("ix_registration_open", "registration", ["owner", "open", "goal", *PLACE])
    op.create_index("ix_registration_handled", "registration", ["owner", "open", "handler_id", "goal", *PLACE])
    ended = sa.column("open").is_(False)
    columns = ["owner", "changed_at", "case_id", "id"]
    op.create_index("ix_registration_ended", "registration", columns, sqlite_where=ended, postgresql_where=ended)
