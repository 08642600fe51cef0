"""What has been read, and files that wait for their message, by seat; and a final answer in the inbox of each party."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the key of marks anew, and the table of read answers. All that there was is the first seat's.

    So is what a process of an older release adds meanwhile, by the defaults.
    """
    op.execute("CREATE TABLE read_mark_before AS SELECT * FROM read_mark")
    op.drop_table("read_mark")
    op.create_table(
        "read_mark",
        sa.Column("case_id", schema.Id(64), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("seat", sa.String(length=10), nullable=False, server_default="s1"),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("unit_id", schema.Id(64), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_read_mark_case_id")),
        sa.PrimaryKeyConstraint("case_id", "party", "seat", name=op.f("pk_read_mark")),
    )
    op.execute(
        "INSERT INTO read_mark (case_id, party, n, at, unit_id)"
        " SELECT case_id, party, n, at, unit_id FROM read_mark_before"
    )
    op.drop_table("read_mark_before")
    op.add_column("file", sa.Column("seat", sa.String(length=10), nullable=False, server_default="s1"))
    op.create_table(
        "answer_read",
        sa.Column("event_id", schema.Id(64), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("seat", sa.String(length=10), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_answer_read_event_id")),
        sa.PrimaryKeyConstraint("event_id", "party", "seat", name=op.f("pk_answer_read")),
    )
    op.execute("CREATE TABLE inbox_item_before AS SELECT * FROM inbox_item")
    op.drop_table("inbox_item")
    op.create_table(
        "inbox_item",
        sa.Column("event_id", schema.Id(64), nullable=False),
        sa.Column("case_id", schema.Id(64), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("at", schema.Moment(), nullable=False),
        sa.Column("read_at", schema.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_inbox_item_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_inbox_item_event_id")),
        sa.PrimaryKeyConstraint("event_id", "party", name=op.f("pk_inbox_item")),
    )
    op.create_index(op.f("ix_inbox_item_case_id_party"), "inbox_item", ["case_id", "party"])
    op.execute(
        "INSERT INTO inbox_item (event_id, case_id, party, at, read_at)"
        " SELECT event_id, case_id, party, at, read_at FROM inbox_item_before"
    )
    op.drop_table("inbox_item_before")
    op.execute(
        "INSERT INTO answer_read (event_id, party, seat, at)"
        " SELECT event_id, party, 's1', read_at FROM inbox_item WHERE read_at IS NOT NULL"
    )
