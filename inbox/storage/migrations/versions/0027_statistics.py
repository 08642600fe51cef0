"""What is counted of cases: facts, and tables of how many. They are filled by the service, soon after it starts."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "fact",
        sa.Column("case_id", schema.Id(64), nullable=False),
        sa.Column("registration", sa.String(length=10), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", schema.Moment(), nullable=False),
        sa.Column("until", schema.Moment(), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("region", schema.Id(64), nullable=False),
        sa.Column("arrived", schema.Day(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "registration", "n", name=op.f("pk_fact")),
    )
    op.create_index("ix_fact_arrived", "fact", ["side", "region", "arrived"])
    op.create_table(
        "figure",
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("side", "scope", "month", "dimension", "value", name=op.f("pk_figure")),
    )
