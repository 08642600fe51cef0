"""How far each reaction has come, what it could not do, and the tally of what has happened."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables. A reaction that is not in there begins by itself."""
    op.create_table(
        "reaction",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=80), nullable=True),
        sa.Column("due_at", schema.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reaction")),
    )
    op.create_table(
        "parked_event",
        sa.Column("reaction", sa.String(length=40), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("fault", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("reaction", "row", name=op.f("pk_parked_event")),
    )
    op.create_table(
        "tally",
        sa.Column("day", schema.Day(), nullable=False),
        sa.Column("unit_id", schema.Id(64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "unit_id", "kind", name=op.f("pk_tally")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Whoever has taken a number is then seen as being at work: what cannot be seen under it is waited for
        # (inbox/storage/reacting/settled.py). The number alone is taken before its transaction has an id.
        op.execute(
            "ALTER TABLE event ALTER COLUMN row"
            " SET DEFAULT CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('event_row_seq') END"
        )
