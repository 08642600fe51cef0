"""The tables. Moments are whole microseconds since 1970 in UTC, so that both engines keep and sort them alike."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """To the store."""
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """From the store."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Day(TypeDecorator[date]):
    """A date, kept as `2026-11-21`."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        """To the store."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        """From the store."""
        return None if value is None else date.fromisoformat(value)


class Id(TypeDecorator[str]):
    """An id. Whatever comes from outside can be looked for: what no database can hold is nobody's id."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """To the store: PostgreSQL refuses the character 0, and neither engine takes half a character."""
        if value is None or value.isascii():
            return value if value is None or "\0" not in value else "?"
        return value.encode(errors="replace").decode()


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = Id(64)
_ROW = BigInteger().with_variant(Integer, "sqlite")

# People -------------------------------------------------------------------------------------------------------

person = Table(
    "person",
    metadata,
    Column("id", _ID, primary_key=True),
    # Encrypted; empty where it was removed.
    Column("name", Text, nullable=False),
    # Encrypted: personal number, sex and year of birth, as JSON.
    Column("details", Text),
    # What stands for the personal number, by which somebody is found.
    Column("number_index", String(80), unique=True),
    Column("region", String(2)),
    Column("staff", Boolean, nullable=False),
    Column("sample", Boolean, nullable=False, default=False),
    Column("presentation", Text, nullable=False, default=""),
    # How many events there are of the person's roles.
    Column("roles_version", Integer, nullable=False, server_default="0"),
)

grant = Table(
    "grant_",
    metadata,
    Column("person_id", _ID, ForeignKey("person.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
    Column("unit_id", _ID, primary_key=True),
    # Whether it is held at every unit below it too.
    Column("below", Boolean, nullable=False, server_default=false()),
    # The first and the last day.
    Column("since", Day),
    Column("until", Day),
    Index(None, "unit_id", "role"),
)

staff_event = Table(
    "staff_event",
    metadata,
    Column("row", _ROW, primary_key=True, autoincrement=True),
    Column("id", _ID, nullable=False, unique=True),
    Column("person_id", _ID, ForeignKey("person.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("client_id", String(64), nullable=False),
    # Of the command that it came of: another one under the same client id is refused.
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("person_id", "seq"),
    UniqueConstraint("person_id", "client_id"),
)

dialog = Table(
    "dialog",
    metadata,
    Column("name", String(40), primary_key=True),
    # How often its versions were changed.
    Column("version", Integer, nullable=False),
)

definition = Table(
    "definition",
    metadata,
    Column("name", String(40), ForeignKey("dialog.name"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("status", String(20), nullable=False),
    Column("content", Text, nullable=False),
)

dialog_event = Table(
    "dialog_event",
    metadata,
    Column("row", _ROW, primary_key=True, autoincrement=True),
    Column("id", _ID, nullable=False, unique=True),
    Column("name", String(40), ForeignKey("dialog.name"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("client_id", String(64), nullable=False),
    # Of the command that it came of: another one under the same client id is refused.
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("name", "seq"),
    UniqueConstraint("name", "client_id"),
)

session = Table(
    "session",
    metadata,
    Column("id_hash", String(64), primary_key=True),
    # One of the two: a person, or the holder of a receipt code, for one case alone.
    Column("person_id", _ID, ForeignKey("person.id")),
    Column("code_id", _ID),
    Column("case_id", _ID),
    # Null: begun by a release that did not know of capacities; it follows from what the person was.
    Column("capacity", String(20)),
    Column("employer", _ID, nullable=False, server_default=""),
    # Who vouches for the person, and how surely.
    Column("provider", String(40), nullable=False, server_default=""),
    Column("assurance", String(120), nullable=False, server_default=""),
    # What they vouch for: `citizen`, `staff` or both, in whose capacities the session can go on.
    Column("sides", String(20), nullable=False, server_default=""),
    # Hashes of what the provider calls the person and the sign-in: when it tells of a sign-out, this is what ends.
    Column("subject", String(64), nullable=False, server_default="", index=True),
    Column("provider_session", String(64), nullable=False, server_default=""),
    # What the provider wants back when somebody signs out; opened by the browser's secret alone.
    Column("id_token", Text),
    # `phone`, `tablet` or `computer`, for its owner to tell their sign-ins apart; empty: not known, and not asked.
    Column("device", String(20), nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("provider", String(40), nullable=False),
    Column("onward", Text, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

employee_id = Table(
    "employee_id",
    metadata,
    # An HSA-id in capitals: what somebody is known by at work.
    Column("id", _ID, primary_key=True),
    Column("person_id", _ID, ForeignKey("person.id"), nullable=False, index=True),
)

# Before sending -------------------------------------------------------------------------------------------------

draft = Table(
    "draft",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("key_hash", String(64), nullable=False, index=True),
    Column("person_id", _ID, ForeignKey("person.id"), index=True),
    # Within a case it may be a code's holder who answers.
    Column("code_id", _ID),
    Column("dialog", String(80), nullable=False),
    # Where it answers what is asked within a case: that case, and the event.
    Column("case_id", _ID),
    Column("request", _ID),
    Column("language", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    # Encrypted whole, once there is one: nobody knows yet which of them will be sent.
    Column("answers", Text, nullable=False),
    Column("tries", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

file = Table(
    "file",
    metadata,
    Column("id", _ID, primary_key=True),
    # Named by content within one owner only: two cases never share a stored file.
    Column("owner", _ID, nullable=False, index=True),
    Column("party", String(20)),
    Column("seat", String(10), nullable=False, server_default="s1"),
    Column("name", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("event_id", _ID),
    # Of its preview; 0 where there is none.
    Column("width", Integer, nullable=False, server_default="0"),
    Column("height", Integer, nullable=False, server_default="0"),
    # A document that asks for a password or a certificate.
    Column("locked", Boolean, nullable=False, server_default=false()),
)

upload = Table(
    "upload",
    metadata,
    # What somebody has sent, or is sending, in the last day: whole or in part.
    Column("id", _ID, primary_key=True),
    Column("owner", _ID, nullable=False, index=True),
    Column("who", String(80), nullable=False),
    # Null for a draft; for a case, the message that the file is for.
    Column("client_id", String(64)),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("parts", Text, nullable=False),
    Column("file_id", _ID),
    Column("begun_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Index(None, "who", "begun_at"),
)

file_share = Table(
    "file_share",
    metadata,
    Column("row", _ROW, primary_key=True, autoincrement=True),
    Column("file_id", _ID, ForeignKey("file.id"), nullable=False),
    Column("case_id", _ID, nullable=False),
    Column("party", String(20), nullable=False),
    Index(None, "file_id", "party"),
)

# The directory ---------------------------------------------------------------------------------------------------

directory_event = Table(
    "directory_event",
    metadata,
    # One after the other, without a gap: the last is the directory's version.
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", _ID, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("kind", String(40), nullable=False),
    # A command can have several events.
    Column("client_id", String(64), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),
)

directory_record = Table(
    "directory_record",
    metadata,
    # A region, a care provider or a unit as it was from one event to another.
    Column("kind", String(10), primary_key=True),
    Column("id", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("since", Moment, nullable=False),
    # Null: it is so now.
    Column("until", Moment),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "seq"),
)

# Cases -----------------------------------------------------------------------------------------------------------

case = Table(
    "case_",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("submitted_at", Moment, nullable=False),
)

seat = Table(
    "seat",
    metadata,
    Column("case_id", _ID, ForeignKey("case_.id"), primary_key=True),
    Column("id", String(10), primary_key=True, server_default="s1"),
    Column("party", String(20), nullable=False),
    Column("kind", String(20), nullable=False, server_default="reporter"),
    # One of the two: a person, or a receipt code of which nobody knows who holds it.
    Column("person_id", _ID, ForeignKey("person.id"), index=True),
    Column("code_id", _ID, index=True),
    # Words with spaces between them.
    Column("rights", String(60), nullable=False, server_default="decide read write"),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
)

receipt_code = Table(
    "receipt_code",
    metadata,
    Column("id", _ID, primary_key=True),
    # Of the draft that is about to be sent, which is the case's from then on.
    Column("case_id", _ID, nullable=False, unique=True),
    # Argon2id: the code itself is nowhere.
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
)

registration = Table(
    "registration",
    metadata,
    Column("case_id", _ID, ForeignKey("case_.id"), primary_key=True),
    Column("id", String(10), primary_key=True),
    Column("party", String(20), nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    Column("owner", _ID, nullable=False),
    Column("handler_id", _ID),
    Column("state", String(30), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("type", String(20), nullable=False),
    # The register's public-safe line; never the reporter's own title.
    Column("subject", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("goal", Day),
    Column("reply_until", Moment),
    Column("changed_at", Moment, nullable=False),
    Index(None, "state", "reply_until"),
    # Each list of a desk stands in one of them in its order; they count what a list holds, too.
    Index("ix_registration_open", "owner", "open", "goal", "received_at", "case_id", "id"),
    Index("ix_registration_handled", "owner", "open", "handler_id", "goal", "received_at", "case_id", "id"),
)
ended = registration.c.open.is_(False)
Index(
    "ix_registration_ended",
    *(registration.c.owner, registration.c.changed_at, registration.c.case_id, registration.c.id),
    # What is open changes with every message: that is not written here.
    sqlite_where=ended,
    postgresql_where=ended,
)

timer = Table(
    "timer",
    metadata,
    # What happens by itself: set and cleared with the events that it follows from (`inbox/cases/timers.py`).
    Column("case_id", _ID, ForeignKey("case_.id"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("due_at", Moment, nullable=False),
    Index(None, "due_at", "case_id", "name"),
)

event = Table(
    "event",
    metadata,
    # An append-only rowid table with narrow unique keys costs half of one clustered by case and number (measured).
    Column("row", _ROW, primary_key=True, autoincrement=True),
    Column("id", _ID, nullable=False, unique=True),
    Column("case_id", _ID, ForeignKey("case_.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("by", String(20)),
    Column("role", String(20), nullable=False),
    # Staff alone: who sits on a citizen's seat is kept with the seat.
    Column("person_id", _ID),
    Column("seat", String(10)),
    Column("unit_id", _ID),
    Column("addressed", Text, nullable=False),
    Column("basis", String(40)),
    Column("client_id", String(64)),
    # Of the body, as it was written.
    Column("version", Integer, nullable=False, server_default="1"),
    # Of the registrations that it moved, as JSON. Null: written by a release that did not keep them.
    Column("states", Text),
    UniqueConstraint("case_id", "seq"),
)

payload = Table(
    "payload",
    metadata,
    Column("event_id", _ID, ForeignKey("event.id"), primary_key=True),
    Column("body", Text, nullable=False),
)

private_detail = Table(
    "private_detail",
    metadata,
    # How to reach somebody, and who somebody else is: events name the row, and stay readable without it.
    Column("id", _ID, primary_key=True),
    Column("case_id", _ID, ForeignKey("case_.id"), nullable=False, index=True),
    # Encrypted.
    Column("body", Text, nullable=False),
)

note = Table(
    "note",
    metadata,
    # What is internal has a table of its own: no query over feeds of parties can reach it.
    Column("event_id", _ID, ForeignKey("event.id"), primary_key=True),
    Column("case_id", _ID, ForeignKey("case_.id"), nullable=False),
    Column("desk", String(80), nullable=False),
    Column("n", Integer, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("case_id", "desk", "n"),
)

feed = Table(
    "feed",
    metadata,
    Column("case_id", _ID, ForeignKey("case_.id"), primary_key=True),
    Column("party", String(20), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    # From an event to its numbers, however long the thread is; and an event stands in a feed once.
    Index(None, "case_id", "seq", "party", unique=True),
)

command = Table(
    "command",
    metadata,
    Column("case_id", _ID, ForeignKey("case_.id"), primary_key=True),
    Column("party", String(20), primary_key=True),
    Column("client_id", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
)

read_mark = Table(
    "read_mark",
    metadata,
    Column("case_id", _ID, ForeignKey("case_.id"), primary_key=True),
    Column("party", String(20), primary_key=True),
    # Of those who sit at one party each has a mark; those who work for an authority share the first.
    Column("seat", String(10), primary_key=True, server_default="s1"),
    Column("n", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    # At which unit somebody read it: a case that moves on is not read by where it comes to.
    Column("unit_id", _ID),
)

shared_mark = Table(
    "shared_mark",
    metadata,
    Column("case_id", _ID, ForeignKey("case_.id"), primary_key=True),
    Column("reader", String(20), primary_key=True),
    Column("viewer", String(20), primary_key=True),
    # In the viewer's numbers: when the reader last read something that the viewer sees too.
    Column("n", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

inbox_item = Table(
    "inbox_item",
    metadata,
    Column("event_id", _ID, ForeignKey("event.id"), primary_key=True),
    Column("case_id", _ID, ForeignKey("case_.id"), nullable=False),
    Column("party", String(20), primary_key=True),
    Column("at", Moment, nullable=False),
    # Written by releases that knew of one seat at a party; since then `answer_read` says who has read it.
    Column("read_at", Moment),
    Index(None, "case_id", "party"),
)

answer_read = Table(
    "answer_read",
    metadata,
    Column("event_id", _ID, ForeignKey("event.id"), primary_key=True),
    Column("party", String(20), primary_key=True),
    Column("seat", String(10), primary_key=True),
    Column("at", Moment, nullable=False),
)

access = Table(
    "access",
    metadata,
    Column("row", _ROW, primary_key=True, autoincrement=True),
    Column("case_id", _ID, ForeignKey("case_.id"), nullable=False),
    Column("person_id", _ID),
    Column("seat", String(10)),
    Column("party", String(20)),
    Column("role", String(20), nullable=False),
    Column("unit_id", _ID),
    Column("what", String(30), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "case_id", "at"),
    Index(None, "person_id", "case_id", "at"),
)

counter = Table(
    "counter",
    metadata,
    Column("authority", _ID, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("value", Integer, nullable=False),
)

encryption_key = Table(
    "encryption_key",
    metadata,
    # The fingerprint of a key that fields are encrypted with. The keys themselves lie outside of the database.
    Column("id", String(16), primary_key=True),
    Column("current", Boolean, nullable=False),
)
_current = encryption_key.c.current
Index(
    "uq_encryption_key_current",
    _current,
    unique=True,
    sqlite_where=_current.is_(True),
    postgresql_where=_current.is_(True),
)

lease = Table(
    "lease",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("until", Moment, nullable=False),
)

# Seals ------------------------------------------------------------------------------------------------------------

event_seal = Table(
    "event_seal",
    metadata,
    # The event's. No reference to it: that it was taken away is to be found.
    Column("row", _ROW, primary_key=True, autoincrement=False),
    Column("block", Integer, nullable=False, index=True),
    # Gone with the body: what stands for it then tells nothing.
    Column("salt", String(32)),
    Column("digest", String(64), nullable=False),
    Column("link", String(64), nullable=False),
)

seal = Table(
    "seal",
    metadata,
    # Over rows of `event` or of `access`, block by block.
    Column("chain", String(10), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("last_row", BigInteger, nullable=False),
    Column("count", Integer, nullable=False),
    Column("link", String(64), nullable=False),
)

# What follows from what has happened ------------------------------------------------------------------------------

reaction = Table(
    "reaction",
    metadata,
    Column("name", String(40), primary_key=True),
    # The last row of `event` that it has done all of.
    Column("row", BigInteger, nullable=False),
    # How often the next one failed, why (a kind of fault, never its text), and when it is tried again.
    Column("tries", Integer, nullable=False),
    Column("fault", String(80)),
    Column("due_at", Moment),
)

parked_event = Table(
    "parked_event",
    metadata,
    # What a reaction could not do however often it tried: somebody has to look.
    Column("reaction", String(40), primary_key=True),
    Column("row", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("fault", String(80), nullable=False),
)

tally = Table(
    "tally",
    metadata,
    # How many events there were, by the day in Sweden and the unit where they were done; empty for citizens and us.
    Column("day", Day, primary_key=True),
    Column("unit_id", _ID, primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
)

fact = Table(
    "fact",
    metadata,
    # What is counted of one handling, as it was from one moment to another: no text of anybody.
    Column("case_id", _ID, primary_key=True),
    Column("registration", String(10), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("side", String(10), nullable=False),
    Column("region", _ID, nullable=False),
    Column("arrived", Day, nullable=False),
    # Nobody sees it: what small numbers are protected by.
    Column("key", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_fact_arrived", "side", "region", "arrived"),
)

figure = Table(
    "figure",
    metadata,
    # How many facts count in a cell, and the sum of their keys.
    Column("side", String(10), primary_key=True),
    Column("scope", String(80), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("dimension", String(20), primary_key=True),
    Column("value", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("key", BigInteger, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    # What shall be done outside of the database, named by ids: no text, no address.
    Column("row", _ROW, primary_key=True, autoincrement=True),
    # The same at every try.
    Column("id", _ID, nullable=False, unique=True),
    Column("channel", String(40), nullable=False),
    # Of two with the same key the later waits for the earlier.
    Column("key", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # When it may be tried: while somebody is at it, the moment until which it is theirs.
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("fault", String(80)),
    Column("done_at", Moment, index=True),
    Column("dead_at", Moment),
)
_waits = and_(outbox.c.done_at.is_(None), outbox.c.dead_at.is_(None))
for _name, *_columns in (
    ("ix_outbox_due", outbox.c.channel, outbox.c.due_at),
    ("ix_outbox_order", outbox.c.channel, outbox.c.key, outbox.c.row),
):
    Index(_name, *_columns, sqlite_where=_waits, postgresql_where=_waits)

outbox_try = Table(
    "outbox_try",
    metadata,
    Column("row", _ROW, primary_key=True, autoincrement=True),
    Column("outbox_row", BigInteger, ForeignKey("outbox.row"), nullable=False, index=True),
    Column("n", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("ms", Integer, nullable=False),
    Column("fault", String(80)),
)
