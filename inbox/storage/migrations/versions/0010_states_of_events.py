"""With each event the version of its body, and the states that it led to; and cases as their events make them."""

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

from inbox.cases.apply import apply
from inbox.cases.events import Envelope, Recorded
from inbox.cases.model import Case, Role
from inbox.cases.upcast import lifted, states_then

revision = "0010"
down_revision = "0009"

log = logging.getLogger(__name__)

BLOCK = 500
"""Cases whose events are in memory at once."""
TOLD = 10_000
"""Cases after which it is said how far it is: some ten seconds."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HISTORY = sa.text(
    "SELECT event.id, event.case_id, event.seq, event.at, event.kind, event.by, event.addressed,"
    " COALESCE(payload.body, note.body) AS body FROM event"
    " LEFT JOIN payload ON payload.event_id = event.id LEFT JOIN note ON note.event_id = event.id"
    " WHERE event.case_id IN :cases ORDER BY event.case_id, event.seq"
).bindparams(sa.bindparam("cases", expanding=True))
CASES = sa.text("SELECT id, version, body FROM case_ WHERE id IN :cases").bindparams(
    sa.bindparam("cases", expanding=True)
)
FILL = sa.text("UPDATE event SET states = :states WHERE id = :id")
ANEW = sa.text("UPDATE case_ SET body = :body WHERE id = :id AND version = :version")


def upgrade() -> None:
    """Make the columns, and fill them for what has happened until now. All bodies are of the first version.

    A case that was changed last before a field was thought of gets that field, too: with whom its parties talk aside.
    """
    op.add_column("event", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("event", sa.Column("states", sa.Text(), nullable=True))
    connection = op.get_bind()
    ids = connection.execute(sa.text("SELECT id FROM case_ ORDER BY id")).scalars().all()
    for first in range(0, len(ids), BLOCK):
        if first and first % TOLD == 0:
            log.warning("The states of events: %d of %d cases", first, len(ids))
        _fill(connection, ids[first : first + BLOCK])


def _fill(connection: sa.Connection, ids: Sequence[str]) -> None:
    histories = groupby(connection.execute(HISTORY, {"cases": ids}), lambda row: str(row.case_id))
    told, cases = list[dict[str, str]](), dict[str, Case]()
    for id, history in histories:
        cases[id], states = _replayed(history)
        told += states
    connection.execute(FILL, told)
    rows = connection.execute(CASES, {"cases": ids}).all()
    anew = [
        {"id": row.id, "version": row.version, "body": msgspec.json.encode(cases[row.id]).decode()}
        for row in rows
        if msgspec.json.decode(row.body, type=Case) != cases[row.id]
    ]
    if anew:
        connection.execute(ANEW, anew)


def _replayed(history: Iterable[sa.Row[Any]]) -> tuple[Case, list[dict[str, str]]]:
    """The case, and for each of its events the states that it led to, as they are kept."""
    case, found = None, []
    for row in history:
        event = lifted(row.kind, 1, row.body)
        states = states_then(case, event)
        envelope = Envelope(
            id=row.id,
            case=row.case_id,
            seq=row.seq,
            at=EPOCH + timedelta(microseconds=row.at),
            kind=row.kind,
            by=row.by,
            role=Role.SYSTEM,
            person=None,
            unit=None,
            to=msgspec.json.decode(row.addressed, type=tuple[str, ...]),
            basis=None,
            client_id=None,
            states=states,
        )
        case = apply(case, Recorded(envelope, event))
        found.append({"id": row.id, "states": msgspec.json.encode(states).decode()})
    assert case is not None  # noqa: S101 - for the type: whoever is in a history has an event
    return case, found
