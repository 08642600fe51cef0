"""Sign-in by providers that vouch for people: what a session needs to know of it, and by what somebody is known."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Sessions that stand go on as they are."""
    for name, length in (("sides", 20), ("subject", 64), ("provider_session", 64), ("device", 20)):
        op.add_column("session", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("session", sa.Column("id_token", sa.Text(), nullable=True))
    op.create_index(op.f("ix_session_subject"), "session", ["subject"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("onward", sa.Text(), nullable=False),
        sa.Column("expires_at", schema.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(op.f("ix_sign_in_attempt_expires_at"), "sign_in_attempt", ["expires_at"], unique=False)
    op.create_table(
        "employee_id",
        sa.Column("id", schema.Id(64), nullable=False),
        sa.Column("person_id", schema.Id(64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_employee_id_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee_id")),
    )
    op.create_index(op.f("ix_employee_id_person_id"), "employee_id", ["person_id"], unique=False)
