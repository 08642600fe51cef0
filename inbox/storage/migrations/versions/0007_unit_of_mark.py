"""At which unit a party has read."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the column. Until now a unit counted as having read what somebody there had opened."""
    op.add_column("read_mark", sa.Column("unit_id", sa.String(length=64), nullable=True))
    op.execute(
        """
        UPDATE read_mark SET unit_id = (
            SELECT max(registration.owner) FROM registration
            WHERE registration.case_id = read_mark.case_id AND registration.party = read_mark.party AND EXISTS (
                SELECT 1 FROM access
                WHERE access.case_id = registration.case_id AND access.unit_id = registration.owner
                AND access.role IN ('caseworker', 'officer') AND access.what <> 'live'
            )
        )
        """
    )
