"""Whoever has written at a unit has read there."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Fill at which unit a party has read, where nobody's look was recorded and somebody there did something since.

    Such cases were shown as read until marks got their unit, and as unread after that. What nobody handles any more
    stays unread.
    """
    op.execute(
        """
        UPDATE read_mark SET unit_id = (
            SELECT max(registration.owner) FROM registration
            WHERE registration.case_id = read_mark.case_id AND registration.party = read_mark.party
        )
        WHERE unit_id IS NULL AND EXISTS (
            SELECT 1 FROM registration JOIN event
            ON event.case_id = registration.case_id AND event.by = registration.party
            AND event.unit_id = registration.owner
            WHERE registration.case_id = read_mark.case_id AND registration.party = read_mark.party
            AND registration.state <> 'received'
        )
        """
    )
