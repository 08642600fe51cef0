"""From an event to its numbers in the feeds."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the index."""
    op.create_index(op.f("ix_feed_case_id_seq_party"), "feed", ["case_id", "seq", "party"], unique=True)
