"""What is private out of events, drafts and people, and encrypted.

The one place where bodies that are stored already are written anew: what has to be removable may not lie in them.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import msgspec
import sqlalchemy as sa
from alembic import context, op

from inbox.storage import schema
from inbox.storage.encryption.keyring import Keyring

revision = "0020"
down_revision = "0019"

log = logging.getLogger(__name__)

BLOCK = 500
TOLD = 10_000
"""Rows after which it is said how far it is."""
PRIVATE = frozenset({"person", "phone", "address"})
"""Types of answers, as a submission has them."""
BODIES = sa.text(
    'SELECT event."row" AS place, event.id, event.case_id, event.kind, payload.body'
    " FROM event JOIN payload ON payload.event_id = event.id"
    " WHERE event.kind IN ('case_submitted', 'case_shared') AND event.\"row\" > :last"
    ' ORDER BY event."row" LIMIT :block'
)
DETAILS = sa.text("SELECT id FROM private_detail WHERE case_id IN :cases").bindparams(
    sa.bindparam("cases", expanding=True)
)
DRAFTS = sa.text("SELECT id AS place, answers FROM draft WHERE answers <> '{}' AND id > :last ORDER BY id LIMIT :block")
PEOPLE = sa.text(
    "SELECT id AS place, name, number_index, sex, birth_year FROM person WHERE id > :last ORDER BY id LIMIT :block"
)
Encrypt = Callable[[str, str], str]


def upgrade() -> None:
    """Make the tables, and move what lies in the open."""
    _shape()
    connection = op.get_bind()
    if any(connection.execute(sa.text(f"SELECT 1 FROM {name} LIMIT 1")).first() for name in ("person", "draft")):  # noqa: S608 - names of our own tables
        _move(connection, context.config.attributes["keyring"])
    for name in ("sex", "birth_year"):
        op.drop_column("person", name)


def _shape() -> None:
    op.create_table(
        "encryption_key",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encryption_key")),
    )
    current = schema.encryption_key.c.current.is_(True)
    op.create_index(
        "uq_encryption_key_current",
        "encryption_key",
        ["current"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_table(
        "private_detail",
        sa.Column("id", schema.Id(64), nullable=False),
        sa.Column("case_id", schema.Id(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_private_detail_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_detail")),
    )
    op.create_index(op.f("ix_private_detail_case_id"), "private_detail", ["case_id"])
    op.add_column("person", sa.Column("details", sa.Text(), nullable=True))
    # Its uniqueness stays: two people have not the same number.
    op.execute("ALTER TABLE person RENAME COLUMN personal_number TO number_index")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE person ALTER COLUMN number_index TYPE VARCHAR(80)")
        op.execute("ALTER TABLE person RENAME CONSTRAINT uq_person_personal_number TO uq_person_number_index")


def _move(connection: sa.Connection, keyring: Keyring) -> None:
    key = keyring.newest()
    connection.execute(sa.text("INSERT INTO encryption_key (id, current) VALUES (:id, :yes)"), {"id": key, "yes": True})

    def encrypt(text: str, place: str) -> str:
        return keyring.encrypt(key, text, place)

    for rows in _blocks(connection, BODIES, 0, "Bodies of events"):
        _bodies(connection, rows, encrypt)
    for rows in _blocks(connection, DRAFTS, "", "Drafts"):
        answers = [{"id": row.place, "now": encrypt(row.answers, f"draft.answers:{row.place}")} for row in rows]
        connection.execute(sa.text("UPDATE draft SET answers = :now WHERE id = :id"), answers)
    for rows in _blocks(connection, PEOPLE, "", "People"):
        people = [_person(row, encrypt, lambda number: keyring.index_of(key, number)) for row in rows]
        statement = "UPDATE person SET name = :name, details = :details, number_index = :number_index WHERE id = :id"
        connection.execute(sa.text(statement), people)


def _blocks(connection: sa.Connection, query: sa.TextClause, last: Any, what: str) -> Iterator[Sequence[sa.Row[Any]]]:
    done = 0
    while rows := connection.execute(query, {"last": last, "block": BLOCK}).all():
        yield rows
        last, done = rows[-1].place, done + len(rows)
        if done % TOLD == 0:
            log.warning("%s: %d are done", what, done)


def _bodies(connection: sa.Connection, rows: Sequence[sa.Row[Any]], encrypt: Encrypt) -> None:
    begun = [row for row in rows if row.kind == "case_submitted"]
    bodies, details = {}, list[dict[str, str]]()
    for row in begun:
        bodies[row.id], found = _submitted(row.case_id, msgspec.json.decode(row.body))
        details += [
            {"id": id, "case_id": row.case_id, "body": encrypt(body, f"private_detail.body:{id}")}
            for id, body in found.items()
        ]
    if details:
        statement = "INSERT INTO private_detail (id, case_id, body) VALUES (:id, :case_id, :body)"
        connection.execute(sa.text(statement), details)
    shared = [row for row in rows if row.kind == "case_shared"]
    known = set(connection.scalars(DETAILS, {"cases": [row.case_id for row in shared]})) if shared else set()
    for row in shared:
        # What was shared of the answers is a copy of what was sent.
        body = msgspec.json.decode(row.body)
        steps = [each["step"] for each in body["answers"] if _detail(row.case_id, each["step"]) in known]
        bodies[row.id] = _named(row.case_id, body, steps)
    values = [{"id": id, "body": msgspec.json.encode(body).decode()} for id, body in bodies.items()]
    connection.execute(sa.text("UPDATE payload SET body = :body WHERE event_id = :id"), values)
    connection.execute(sa.text("UPDATE event SET version = 2 WHERE id = :id"), [{"id": id} for id in bodies])


def _submitted(case: str, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The body without what is private, and the bodies of the rows for that."""
    sent = msgspec.json.decode(body["submission"])
    given = {each["step"]: (at, each) for at, each in enumerate(sent["answers"]) if each["value"]["type"] in PRIVATE}
    lines = {each["step"]: each["lines"] for each in body["answers"]}
    details = {}
    for step, (at, each) in given.items():
        id, value = _detail(case, step), msgspec.json.encode(each["value"]).decode()
        detail = {"id": id, "step": step, "field": each["field"], "value": value, "at": at, "lines": lines[step]}
        details[id] = msgspec.json.encode(detail).decode()
    if given:
        sent["answers"] = [each for each in sent["answers"] if each["step"] not in given]
        body["submission"] = msgspec.json.encode(sent).decode()
    return _named(case, body, given), details


def _named(case: str, body: dict[str, Any], steps: Any) -> dict[str, Any]:
    for each in body["answers"]:
        if each["step"] in steps:
            each |= {"lines": [], "detail": _detail(case, each["step"])}
    return body


def _detail(case: str, step: str) -> str:
    return str(uuid5(NAMESPACE_OID, f"{case} {step}"))


def _person(row: sa.Row[Any], encrypt: Encrypt, index_of: Callable[[str], str]) -> dict[str, object]:
    known = {"personal_number": row.number_index, "sex": row.sex, "birth_year": row.birth_year}
    known = {name: value for name, value in known.items() if value is not None}
    details = encrypt(msgspec.json.encode(known).decode(), f"person.details:{row.place}") if known else None
    return {
        "id": row.place,
        "name": encrypt(row.name, f"person.name:{row.place}"),
        "details": details,
        "number_index": index_of(row.number_index) if row.number_index else None,
    }
