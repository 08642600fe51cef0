"""Seals over events and looks. What is there already is sealed by the service, soon after it starts."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "event_seal",
        sa.Column("row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_event_seal")),
    )
    op.create_index(op.f("ix_event_seal_block"), "event_seal", ["block"])
    op.create_table(
        "seal",
        sa.Column("chain", sa.String(length=10), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_row", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", "n", name=op.f("pk_seal")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # As of events: whoever has taken a number is seen as being at work, and what may come under it is waited for.
        op.execute(
            "ALTER TABLE access ALTER COLUMN row"
            " SET DEFAULT CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('access_row_seq') END"
        )
