"""What people have sent in the last day, and what of it has arrived."""

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import CaseId
from inbox.storage import schema as s


class Upload(Struct, frozen=True, kw_only=True):
    """A file on its way, or one that has come."""

    id: str
    owner: CaseId
    """The draft or case it is for."""
    who: str
    """Who sends it: a person, or a browser by the hash of its secret."""
    client_id: str | None
    """The message it is for; None for a draft."""
    name: str
    size: int
    offset: int
    """How much of it has come."""
    parts: tuple[str, ...]
    """What lies on the shelf, in order."""
    file_id: str | None
    """The file it has become."""
    begun_at: datetime
    expires_at: datetime


async def add_upload(connection: AsyncConnection, upload: Upload) -> None:
    """Note an upload."""
    await connection.execute(insert(s.upload).values(_row(upload)))


async def find_upload(connection: AsyncConnection, id: str) -> Upload | None:
    """The upload with that id."""
    row = (await connection.execute(select(s.upload).where(s.upload.c.id == id))).mappings().first()
    return None if row is None else _upload(row)


async def change_upload(connection: AsyncConnection, upload: Upload, seen: int) -> bool:
    """Note what has come since `seen`; False if somebody else has, or the upload is gone."""
    query = update(s.upload).where(s.upload.c.id == upload.id, s.upload.c.offset == seen, s.upload.c.file_id.is_(None))
    return bool((await connection.execute(query.values(_row(upload)))).rowcount)


async def remove_upload(connection: AsyncConnection, id: str) -> None:
    """Forget an upload."""
    await connection.execute(delete(s.upload).where(s.upload.c.id == id))


async def open_sizes(connection: AsyncConnection, owner: CaseId, now: datetime, but: str = "") -> list[int]:
    """How large those are that are on their way to a draft or case, without one of them."""
    query = select(s.upload.c.size).where(s.upload.c.owner == owner, s.upload.c.id != but, *_open(now))
    return list((await connection.execute(query)).scalars())


async def open_of(connection: AsyncConnection, who: str, now: datetime) -> int:
    """How many uploads somebody has begun and not ended."""
    query = select(func.count()).select_from(s.upload).where(s.upload.c.who == who, *_open(now))
    return int((await connection.execute(query)).scalar_one())


async def sent_since(connection: AsyncConnection, who: str, since: datetime, but: str = "") -> int:
    """How many bytes somebody has sent, or announced, since then; without one upload."""
    query = select(func.coalesce(func.sum(s.upload.c.size), 0)).where(
        s.upload.c.who == who, s.upload.c.begun_at > since, s.upload.c.id != but
    )
    return int((await connection.execute(query)).scalar_one())


async def held_by_nobody(connection: AsyncConnection, now: datetime, but: str = "") -> int:
    """How many bytes lie, or are on their way, at drafts that are nobody's; without one upload."""
    nobodys = s.draft.c.person_id.is_(None)
    lying = select(func.coalesce(func.sum(s.file.c.size), 0)).join(s.draft, s.draft.c.id == s.file.c.owner)
    coming = select(func.coalesce(func.sum(s.upload.c.size), 0)).join(s.draft, s.draft.c.id == s.upload.c.owner)
    held = lying.where(nobodys).scalar_subquery()
    open_ones = coming.where(nobodys, s.upload.c.id != but, *_open(now)).scalar_subquery()
    return int((await connection.execute(select(held + open_ones))).scalar_one())


async def file_wanted(connection: AsyncConnection, owner: CaseId, file: str) -> bool:
    """Whether an upload that nobody has taken back became that file: the same content may have been chosen twice."""
    query = select(s.upload.c.id).where(s.upload.c.owner == owner, s.upload.c.file_id == file).limit(1)
    return (await connection.execute(query)).first() is not None


async def open_ids(connection: AsyncConnection) -> set[str]:
    """Every upload whose parts may lie on the shelf."""
    return set((await connection.execute(select(s.upload.c.id).where(s.upload.c.file_id.is_(None)))).scalars())


async def too_old(connection: AsyncConnection, now: datetime, begun_before: datetime) -> list[Upload]:
    """Uploads whose time is over, and which count for nobody's day any more."""
    query = select(s.upload).where(s.upload.c.expires_at <= now, s.upload.c.begun_at <= begun_before)
    return [_upload(row) for row in (await connection.execute(query)).mappings()]


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return s.upload.c.file_id.is_(None), s.upload.c.expires_at > now


def _row(upload: Upload) -> dict[str, object]:
    values = {field: getattr(upload, field) for field in Upload.__struct_fields__}
    return values | {"parts": msgspec.json.encode(upload.parts).decode()}


def _upload(row: RowMapping) -> Upload:
    values = {field: row[field] for field in Upload.__struct_fields__}
    return Upload(**{**values, "parts": msgspec.json.decode(row["parts"], type=tuple[str, ...])})
