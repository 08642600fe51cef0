"""Seats with a kind, rights and a number; a seat on which nobody is known; from which seat something was done."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0016"
down_revision = "0015"

RELATION = {
    "sqlite": "json_extract(case_.body, '$.relation')",
    "postgresql": "CAST(case_.body AS json) ->> 'relation'",
}
FILL = """
INSERT INTO seat (case_id, id, party, kind, person_id, rights, since, until)
SELECT before.case_id, 's' || row_number() OVER (PARTITION BY before.case_id ORDER BY before.since, before.person_id),
    before.party,
    CASE {relation} WHEN 'self' THEN 'patient' WHEN 'guardian' THEN 'guardian' WHEN 'proxy' THEN 'proxy'
    ELSE 'reporter' END,
    before.person_id, 'decide read write', before.since, before.until
FROM seat_before AS before JOIN case_ ON case_.id = before.case_id
"""


def upgrade() -> None:
    """Make the table anew; whoever sits somewhere stays there, with every right.

    What happened keeps no seat: it is the first one's (`inbox/cases/upcast.py`). So is what a process of an older
    release adds meanwhile, by the defaults.
    """
    # Its key is another one: neither engine changes that in place without more ado.
    op.execute("CREATE TABLE seat_before AS SELECT * FROM seat")
    op.drop_table("seat")
    op.create_table(
        "seat",
        sa.Column("case_id", schema.Id(64), nullable=False),
        sa.Column("id", sa.String(length=10), nullable=False, server_default="s1"),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False, server_default="reporter"),
        sa.Column("person_id", schema.Id(64), nullable=True),
        sa.Column("code_id", schema.Id(64), nullable=True),
        sa.Column("rights", sa.String(length=60), nullable=False, server_default="decide read write"),
        sa.Column("since", schema.Moment(), nullable=False),
        sa.Column("until", schema.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_seat_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id")),
        sa.PrimaryKeyConstraint("case_id", "id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_person_id"), "seat", ["person_id"])
    op.create_index(op.f("ix_seat_code_id"), "seat", ["code_id"])
    op.execute(FILL.format(relation=RELATION[op.get_bind().dialect.name]))
    op.drop_table("seat_before")
    op.add_column("event", sa.Column("seat", sa.String(length=10), nullable=True))
    op.add_column("access", sa.Column("seat", sa.String(length=10), nullable=True))
    op.execute("UPDATE access SET seat = 's1' WHERE role = 'reporter'")
