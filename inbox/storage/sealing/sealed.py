"""Sealing what is new: events in the order in which they are handed on, looks in the order of their rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, bindparam, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s
from inbox.storage.encryption.fields import keyring_of
from inbox.storage.reacting.events import OLDEST, Happened
from inbox.storage.sealing.links import BEGINNING, access_link, block_link, digest_of, event_link

EVENTS, LOOKS = "event", "access"


class Head(Struct, frozen=True):
    """The newest block of a chain."""

    n: int
    last_row: int
    link: str


NO_HEAD = Head(0, 0, BEGINNING)

_before, _its_seal, _own = s.event.alias("before"), s.event_seal.alias("its_seal"), s.event_seal.alias("own")
_UNSEALED = (
    select(s.event, func.coalesce(s.payload.c.body, s.note.c.body).label("said"), _its_seal.c.link.label("link_before"))
    .select_from(s.event)
    .outerjoin(s.payload, s.payload.c.event_id == s.event.c.id)
    .outerjoin(s.note, s.note.c.event_id == s.event.c.id)
    .outerjoin(_before, and_(_before.c.case_id == s.event.c.case_id, _before.c.seq == s.event.c.seq - 1))
    .outerjoin(_its_seal, _its_seal.c.row == _before.c.row)
    .outerjoin(_own, _own.c.row == s.event.c.row)
    .where(s.event.c.row.between(bindparam("first"), bindparam("last")), _own.c.row.is_(None))
    .order_by(s.event.c.row)
)
"""Made once: to put it together costs as much as to ask it."""


async def head_of(connection: AsyncConnection, chain: str) -> Head:
    """The newest block of a chain."""
    seal = s.seal.c
    query = select(seal.n, seal.last_row, seal.link).where(seal.chain == chain).order_by(seal.n.desc()).limit(1)
    row = (await connection.execute(query)).mappings().first()
    return NO_HEAD if row is None else Head(**row)


async def seal_events(connection: AsyncConnection, events: Sequence[Happened]) -> None:
    """Seal events that nobody else is sealing now: each to the one before it in its case, and all as one block."""
    values = {"first": events[0].row, "last": events[-1].row}
    rows = (await connection.execute(_UNSEALED, values)).mappings().all()
    if not rows:
        return
    head, keyring = await head_of(connection, EVENTS), keyring_of(connection)
    links = dict[tuple[str, int], str]()
    seals = []
    for row in rows:
        salt = keyring.salt()
        digest = digest_of(salt, row["said"])
        # One that could not be sealed in its turn breaks the row of links, which then begins anew.
        before = links.get((row["case_id"], row["seq"] - 1), row["link_before"]) or BEGINNING
        link = links[row["case_id"], row["seq"]] = event_link(before, row, digest)
        seals.append({"row": row["row"], "block": head.n + 1, "salt": salt, "digest": digest, "link": link})
    await connection.execute(insert(s.event_seal), seals)
    await _add_block(connection, EVENTS, head, seals[-1]["row"], [seal["link"] for seal in seals])


async def looks_after(connection: AsyncConnection, row: int, most: int) -> tuple[list[Mapping[Any, Any]], int]:
    """The next looks; and PostgreSQL's number of the oldest transaction at work then."""
    oldest = OLDEST if connection.dialect.name == "postgresql" else literal(0).label("oldest")
    query = select(s.access, oldest).where(s.access.c.row > row).order_by(s.access.c.row).limit(most)
    rows = (await connection.execute(query)).mappings().all()
    return list(rows), rows[0]["oldest"] if rows else 0


async def seal_looks(connection: AsyncConnection, looks: Sequence[Mapping[Any, Any]]) -> None:
    """Seal these as a block. Nothing may come between them, nor anybody else seal them now."""
    head = await head_of(connection, LOOKS)
    await _add_block(connection, LOOKS, head, looks[-1]["row"], list(map(access_link, looks)))


async def _add_block(connection: AsyncConnection, chain: str, head: Head, last: int, links: list[str]) -> None:
    values = {"chain": chain, "n": head.n + 1, "last_row": last, "count": len(links)}
    await connection.execute(insert(s.seal).values(values | {"link": block_link(head.link, links)}))
