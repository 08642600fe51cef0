"""With each event the version of its body, and the states that it led to."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

import msgspec
import sqlalchemy as sa
from alembic import op

from inbox.cases.apply import apply
from inbox.cases.events import Envelope, Recorded
from inbox.cases.model import Role
from inbox.cases.upcast import lifted, states_then

revision = "0010"
down_revision = "0009"

log = logging.getLogger(__name__)

BLOCK = 500
"""Cases whose events are in memory at once."""
TOLD = 10_000
"""Cases after which it is said how far it is: some ten seconds."""
WHENEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""No state depends on when."""
HISTORY = sa.text(
    "SELECT event.id, event.case_id, event.seq, event.kind, event.by, event.addressed,"
    " COALESCE(payload.body, note.body) AS body FROM event"
    " LEFT JOIN payload ON payload.event_id = event.id LEFT JOIN note ON note.event_id = event.id"
    " WHERE event.case_id IN :cases ORDER BY event.case_id, event.seq"
).bindparams(sa.bindparam("cases", expanding=True))
FILL = sa.text("UPDATE event SET states = :states WHERE id = :id")


def upgrade() -> None:
    """Make the columns, and fill them for what has happened until now. All bodies are of the first version."""
    op.add_column("event", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("event", sa.Column("states", sa.Text(), nullable=True))
    connection = op.get_bind()
    ids = connection.execute(sa.text("SELECT id FROM case_ ORDER BY id")).scalars().all()
    for first in range(0, len(ids), BLOCK):
        if first and first % TOLD == 0:
            log.warning("The states of events: %d of %d cases", first, len(ids))
        rows = connection.execute(HISTORY, {"cases": ids[first : first + BLOCK]}).all()
        connection.execute(FILL, [found for _, of_case in groupby(rows, _case_of) for found in _states(tuple(of_case))])


def _case_of(row: sa.Row[tuple[object, ...]]) -> str:
    return str(row.case_id)


def _states(history: Sequence[sa.Row[tuple[object, ...]]]) -> list[dict[str, str]]:
    """For each event of a case the states that it led to, as they are kept."""
    case, found = None, []
    for row in history:
        event = lifted(row.kind, 1, row.body)
        states = states_then(case, event)
        to = tuple(msgspec.json.decode(row.addressed))
        envelope = Envelope(
            id=row.id,
            case=row.case_id,
            seq=row.seq,
            at=WHENEVER,
            kind=row.kind,
            by=row.by,
            role=Role.SYSTEM,
            person=None,
            unit=None,
            to=to,
            basis=None,
            client_id=None,
            states=states,
        )
        case = apply(case, Recorded(envelope, event))
        found.append({"id": row.id, "states": msgspec.json.encode(states).decode()})
    return found
