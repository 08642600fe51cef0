"""Sessions say as what somebody is here, for whom they work, who vouches for it, and which case a code opens."""

import sqlalchemy as sa
from alembic import op

from inbox.storage import schema

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make the columns. Who is signed in stays so, as what the person was: staff everywhere that they hold roles."""
    op.add_column("session", sa.Column("code_id", schema.Id(64), nullable=True))
    op.add_column("session", sa.Column("case_id", schema.Id(64), nullable=True))
    op.add_column("session", sa.Column("capacity", sa.String(length=20), nullable=True))
    op.add_column("session", sa.Column("employer", schema.Id(64), nullable=False, server_default=""))
    op.add_column("session", sa.Column("provider", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("session", sa.Column("assurance", sa.String(length=120), nullable=False, server_default=""))
    op.execute(
        """
        UPDATE session SET capacity = (
            SELECT CASE WHEN person.staff THEN 'employee' ELSE 'citizen' END
            FROM person WHERE person.id = session.person_id
        )
        """
    )
