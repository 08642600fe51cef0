"""Answers before sending."""

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, RowMapping, and_, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.kinds import decode_answers, encode_answers
from dialogs.schema.values import Value
from inbox.cases.model import CaseId, EventId, PersonId
from inbox.storage import schema as s
from inbox.storage.encryption.fields import decrypt, encrypt


class Draft(Struct, frozen=True, kw_only=True):
    """Answers that are not sent. Its id becomes the case's."""

    id: CaseId
    key_hash: str
    """Hash of the secret in the browser that started it."""
    person_id: PersonId | None
    """Who owns it once somebody has signed in; then the browser's secret alone opens nothing."""
    dialog: str
    """The definition it was started with, as `complaint/1`; a new version changes nothing in it."""
    language: str
    revision: int
    answers: dict[str, Value]
    tries: dict[str, int]
    """Per step, how many answers in a row were refused."""
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    case_id: CaseId | None = None
    """The case in which it answers what was asked; None: it begins one."""
    request: EventId | None = None
    """What was asked there."""
    code_id: str | None = None
    """The receipt code whose holder answers there, where nobody knows which person that is; never beside a person."""


class Holder(Struct, frozen=True):
    """Whose drafts: a person's; where nobody is signed in, a browser's."""

    key_hash: str
    person_id: PersonId | None


async def add_draft(connection: AsyncConnection, draft: Draft) -> None:
    """Keep a new draft."""
    await connection.execute(insert(s.draft).values(await _row(connection, draft)))


async def find_draft(connection: AsyncConnection, id: CaseId) -> Draft | None:
    """The draft with that id."""
    row = (await connection.execute(select(s.draft).where(s.draft.c.id == id))).mappings().first()
    return None if row is None else _draft(connection, row)


async def drafts_of(connection: AsyncConnection, holder: Holder, now: datetime, most: int) -> list[Draft]:
    """The newest of a holder's drafts, the newest first."""
    query = select(s.draft).where(_held(holder, now)).order_by(s.draft.c.updated_at.desc()).limit(most)
    return [_draft(connection, row) for row in (await connection.execute(query)).mappings()]


async def count_of(connection: AsyncConnection, holder: Holder, now: datetime) -> int:
    """How many drafts a holder has."""
    return await connection.scalar(select(func.count()).select_from(s.draft).where(_held(holder, now))) or 0


async def oldest_empty(connection: AsyncConnection, holder: Holder, now: datetime) -> CaseId | None:
    """The draft that has waited longest for a first answer, and holds no file either."""
    holds_files = exists().where(s.file.c.owner == s.draft.c.id)
    query = select(s.draft.c.id).where(_held(holder, now), s.draft.c.answers == _NO_ANSWERS, ~holds_files)
    id: CaseId | None = await connection.scalar(query.order_by(s.draft.c.updated_at).limit(1))
    return id


async def change_draft(connection: AsyncConnection, draft: Draft, seen: int) -> bool:
    """Keep the draft as it is now; False if it was changed since revision `seen`."""
    row = await _row(connection, draft)
    statement = update(s.draft).where(s.draft.c.id == draft.id, s.draft.c.revision == seen).values(row)
    return (await connection.execute(statement)).rowcount == 1


async def claim(connection: AsyncConnection, key_hash: str, person: PersonId) -> None:
    """What was started in this browser before signing in belongs to the person from now on.

    What a code's holder answers within their case stays theirs, whoever signs in there.
    """
    nobodys = and_(s.draft.c.person_id.is_(None), s.draft.c.code_id.is_(None))
    statement = update(s.draft).where(s.draft.c.key_hash == key_hash, nobodys)
    await connection.execute(statement.values(person_id=person))


async def remove_draft(connection: AsyncConnection, id: CaseId) -> None:
    """Forget the answers. Files are the caller's matter: after sending they belong to the case."""
    await connection.execute(delete(s.draft).where(s.draft.c.id == id))


async def too_old(connection: AsyncConnection, now: datetime) -> list[CaseId]:
    """Drafts whose time is over."""
    return list(await connection.scalars(select(s.draft.c.id).where(s.draft.c.expires_at <= now)))


def _held(holder: Holder, now: datetime) -> ColumnElement[bool]:
    """What is to become a case. What answers questions within one is found from there alone."""
    begins = and_(s.draft.c.case_id.is_(None), s.draft.c.expires_at > now)
    if holder.person_id is not None:
        return and_(s.draft.c.person_id == holder.person_id, begins)
    return and_(s.draft.c.key_hash == holder.key_hash, s.draft.c.person_id.is_(None), begins)


async def _row(connection: AsyncConnection, draft: Draft) -> dict[str, object]:
    values = {field: getattr(draft, field) for field in Draft.__struct_fields__}
    answers = encode_answers(draft.answers).decode()
    values["answers"] = await encrypt(connection, answers, _place(draft.id)) if draft.answers else _NO_ANSWERS
    values["tries"] = msgspec.json.encode(draft.tries).decode()
    return values


def _draft(connection: AsyncConnection, row: RowMapping) -> Draft:
    values = {field: row[field] for field in Draft.__struct_fields__}
    answers = row["answers"]
    if answers != _NO_ANSWERS:
        answers = decrypt(connection, answers, _place(row["id"]))
    values["answers"] = decode_answers(answers)
    values["tries"] = msgspec.json.decode(row["tries"], type=dict[str, int])
    return Draft(**values)


def _place(id: CaseId) -> str:
    return f"draft.answers:{id}"


_NO_ANSWERS = encode_answers({}).decode()
