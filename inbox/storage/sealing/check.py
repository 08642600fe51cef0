"""Whether what is sealed is as it was: every event and look, each chain, and its end."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s
from inbox.storage.encryption.keyring import BrokenKeyFile, Keyring, MissingKey
from inbox.storage.engine.engines import open_readers
from inbox.storage.projections.verify import Difference
from inbox.storage.reacting.cursors import positions
from inbox.storage.sealing.heads import Heads, HeadsFile, is_ours
from inbox.storage.sealing.links import BEGINNING, Row, access_link, block_link, digest_of, event_link
from inbox.storage.sealing.sealed import EVENTS, LOOKS, NO_HEAD, Head, head_of

_before, _its_seal, _own = s.event.alias("before"), s.event_seal.alias("its_seal"), s.event_seal.alias("own")
_SEALED = (
    select(
        s.event,
        *(_own.c[name].label(f"own_{name}") for name in ("row", "block", "salt", "digest", "link")),
        func.coalesce(s.payload.c.body, s.note.c.body).label("said"),
        _its_seal.c.link.label("link_before"),
    )
    .select_from(_own)
    .outerjoin(s.event, s.event.c.row == _own.c.row)
    .outerjoin(s.payload, s.payload.c.event_id == s.event.c.id)
    .outerjoin(s.note, s.note.c.event_id == s.event.c.id)
    .outerjoin(_before, and_(_before.c.case_id == s.event.c.case_id, _before.c.seq == s.event.c.seq - 1))
    .outerjoin(
        _its_seal,
        and_(
            _its_seal.c.row == _before.c.row,
            # One that was sealed later than this was not there to be followed.
            or_(
                _its_seal.c.block < _own.c.block, and_(_its_seal.c.block == _own.c.block, _its_seal.c.row < _own.c.row)
            ),
        ),
    )
    .where(_own.c.row > bindparam("after"))
    .order_by(_own.c.row)
    .limit(bindparam("most"))
)
PAGE, BLOCKS = 1_000, 20
"""Rows, and blocks of rows, that are in memory at once."""


async def broken_seals(url: str, file: HeadsFile, keyring: Keyring) -> AsyncGenerator[Difference]:
    """What was altered or taken away since it was sealed; as of one moment."""
    engine = open_readers(url, 1)
    try:
        async with engine.connect() as connection:
            async for found in _events(connection):
                yield found
            async for found in _unsealed(connection):
                yield found
            for chain, links in ((EVENTS, _links_of_events), (LOOKS, _links_of_looks)):
                async for found in _blocks(connection, chain, links(connection), file):
                    yield found
    finally:
        await engine.dispose()
    for number in _not_ours(file.every(), keyring):
        yield Difference("", f"heads.{number} signature")


async def _events(connection: AsyncConnection) -> AsyncIterator[Difference]:
    """Events that are not what was sealed."""
    async for row in _each(connection, _SEALED, "own_row"):
        if row["id"] is None:
            yield Difference("", f"event row {row['own_row']} missing")
        elif event_link(row["link_before"] or BEGINNING, row, row["own_digest"]) != row["own_link"]:
            yield Difference(row["case_id"], f"event.{row['seq']} altered, or the one before it")
        elif not _says_what_it_said(row):
            yield Difference(row["case_id"], f"event.{row['seq']}.body altered")


def _says_what_it_said(row: Row) -> bool:
    if row["own_salt"] is None or row["said"] is None:
        return False
    return bool(digest_of(row["own_salt"], row["said"]) == row["own_digest"])


async def _unsealed(connection: AsyncConnection) -> AsyncIterator[Difference]:
    """Events without a seal, though later ones have theirs."""
    known = (await positions(connection)).get("sealing")
    last = max((await head_of(connection, EVENTS)).last_row, known.row if known else 0)
    query = select(s.event.c.row, s.event.c.case_id, s.event.c.seq).outerjoin(_own, _own.c.row == s.event.c.row)
    query = query.where(s.event.c.row > bindparam("after"), s.event.c.row <= last, _own.c.row.is_(None))
    async for row in _each(connection, query.order_by(s.event.c.row).limit(bindparam("most")), "row"):
        yield Difference(row["case_id"], f"event.{row['seq']} unsealed")


async def _blocks(
    connection: AsyncConnection, chain: str, links: AsyncIterator[tuple[int, int, str]], file: HeadsFile
) -> AsyncIterator[Difference]:
    """Blocks whose rows are not those that were sealed; and what the heads in the file say that is not so."""
    noted, before, rest = _noted(file, chain), NO_HEAD, await anext(links, None)
    seal_of = s.seal.c
    query = select(seal_of.n, seal_of.last_row, seal_of.count.label("rows"), seal_of.link)
    seals = (await connection.execute(query.where(seal_of.chain == chain).order_by(seal_of.n))).all()
    head = next(noted, None)
    for seal in seals:
        own = list[str]()
        while rest is not None and rest[0] <= (seal.n if chain == EVENTS else seal.last_row):
            own.append(rest[2])
            rest = await anext(links, None)
        whole = seal.n == before.n + 1 and seal.rows == len(own)
        if not whole or seal.link != block_link(before.link, own):
            yield Difference("", f"seal.{chain}.{seal.n}: rows {before.last_row + 1} to {seal.last_row}")
        before = Head(seal.n, seal.last_row, seal.link)
        while head is not None and head.n <= seal.n:
            if head != before:
                yield Difference("", f"seal.{chain}.{head.n} is not what the heads say")
            head = next(noted, None)
    if head is not None:
        yield Difference("", f"seal.{chain}: cut off after {before.n}, of {max(head.n, *(h.n for h in noted), 0)}")


async def _links_of_events(connection: AsyncConnection) -> AsyncIterator[tuple[int, int, str]]:
    last, first = await connection.scalar(select(func.max(_own.c.block))) or 0, 0
    query = select(_own.c.block, _own.c.row, _own.c.link).order_by(_own.c.block, _own.c.row)
    while first <= last:
        for row in await connection.execute(query.where(_own.c.block.between(first, first + BLOCKS - 1))):
            yield row.block, row.row, row.link
        first += BLOCKS


async def _links_of_looks(connection: AsyncConnection) -> AsyncIterator[tuple[int, int, str]]:
    access = s.access.c.row
    query = select(s.access).where(access > bindparam("after")).order_by(access).limit(bindparam("most"))
    async for row in _each(connection, query, "row"):
        yield row["row"], row["row"], access_link(row)


async def _each(connection: AsyncConnection, query: Select[Any], key: str) -> AsyncIterator[Row]:
    """Every row, some at a time."""
    after = -1
    while True:
        rows = list((await connection.execute(query, {"after": after, "most": PAGE})).mappings())
        for row in rows:
            yield row
        if len(rows) < PAGE:
            return
        after = rows[-1][key]


def _noted(file: HeadsFile, chain: str) -> Iterator[Head]:
    """What the file says of a chain, once for each."""
    heads = (line.events if chain == EVENTS else line.looks for _, line in file.every())
    return (head for head, _ in groupby(heads) if head.n)


def _not_ours(lines: Iterable[tuple[int, Heads]], keyring: Keyring) -> Iterator[int]:
    """The numbers of lines whose signature is not that of their key. Without the key nothing can be said of it."""
    for number, line in lines:
        try:
            if not is_ours(line, keyring):
                yield number
        except (MissingKey, BrokenKeyFile):
            continue
