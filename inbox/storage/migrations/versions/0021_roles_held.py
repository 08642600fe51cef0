"""What people held before it was kept what is done to their roles, as what came first: number 0 of each of them."""

from itertools import groupby
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

HELD = sa.text("SELECT person_id, role, unit_id, below, since, until FROM grant_ ORDER BY person_id, role, unit_id")
DONE = sa.text("SELECT person_id, kind, body FROM staff_event ORDER BY person_id, seq")
NOW = {
    "sqlite": "SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000000",
    "postgresql": "SELECT CAST(extract(epoch FROM now()) * 1000000 AS BIGINT)",
}
EVENT = sa.table(
    "staff_event",
    *(sa.column(name) for name in ("id", "person_id", "seq", "at", "kind", "client_id", "digest", "body")),
)


def upgrade() -> None:
    """Fill in what no event has said."""
    connection = op.get_bind()
    now = connection.scalar(sa.text(NOW[connection.dialect.name]))
    first = dict[tuple[str, str, str], str]()
    for row in connection.execute(DONE):
        event = msgspec.json.decode(row.body)
        first.setdefault((row.person_id, event["role"], event["unit"]), row.kind)
    held = [
        row
        for row in connection.execute(HELD).mappings()
        if first.get((row["person_id"], row["role"], row["unit_id"])) != "role_granted"
    ]
    rows = [
        _event(person, [_role(row) for row in roles], now)
        for person, roles in groupby(held, lambda row: row["person_id"])
    ]
    if rows:
        connection.execute(sa.insert(EVENT), rows)


def _event(person: str, held: list[dict[str, Any]], at: int) -> dict[str, Any]:
    body = msgspec.json.encode({"kind": "roles_held", "held": held}).decode()
    id = str(uuid5(NAMESPACE_OID, f"{person} roles_held"))
    return {
        "id": id, "person_id": person, "seq": 0, "kind": "roles_held",
        "client_id": "", "digest": "", "body": body, "at": at,
    }  # fmt: skip


def _role(row: sa.RowMapping) -> dict[str, Any]:
    days = {name: row[name] for name in ("since", "until")}
    return {"role": row["role"], "unit": row["unit_id"], "below": bool(row["below"]), **days}
