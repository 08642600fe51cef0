"""Documents that ask for a password."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the column. Of what came before nobody knows."""
    op.add_column("file", sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false()))
