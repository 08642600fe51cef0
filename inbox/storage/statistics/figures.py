"""The tables of how many: changed by what counts otherwise, and asked by scope and time."""

from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import CaseId
from inbox.statistics.counting import Cell, count
from inbox.statistics.fact import Fact
from inbox.storage import schema as s
from inbox.storage.statistics import facts

BLOCK = 500
"""Rows in one statement, and cases in memory at once."""
_of = s.figure.c
_KEY = ("side", "scope", "month", "dimension", "value")


class Counted(Struct, frozen=True):
    """A cell over some months."""

    scope: str
    month: str
    """Empty: all of the months that were asked for."""
    dimension: str
    value: str
    number: int
    key: int


async def recount(connection: AsyncConnection, ids: Collection[CaseId]) -> int:
    """Count these cases anew, and change the tables by what that differs; how many cases counted otherwise."""
    wanted, there, changed = await facts.expected(connection, ids), await facts.kept(connection, ids), 0
    before, after = list[tuple[Fact, int]](), list[tuple[Fact, int]]()
    for id in ids:
        if wanted[id] == [version for version, _ in there.get(id, [])]:
            continue
        changed += 1
        gone, come = await facts.replace_facts(connection, id, wanted[id], there.get(id, []))
        before += gone
        after += come
    await _change(connection, before, after)
    return changed


async def clear(connection: AsyncConnection) -> None:
    """Begin at nothing. Facts stay, with their keys: whoever is counted anew keeps the key."""
    await connection.execute(delete(s.figure))
    await connection.execute(update(s.fact).values(until=s.fact.c.since))


async def figures(
    connection: AsyncConnection,
    side: str,
    scopes: Collection[str],
    months: tuple[str, str],
    by_month: Collection[str] = (),
    dimensions: Collection[str] = (),
) -> list[Counted]:
    """All cells of these scopes from one month to another, or of those dimensions; some month by month too."""
    where = [_of.side == side, _of.scope.in_(scopes), _of.month.between(*months)]
    if dimensions:
        where.append(_of.dimension.in_(dimensions))
    whole = (
        select(
            _of.scope, _of.dimension, _of.value, func.sum(_of.number).label("number"), func.sum(_of.key).label("key")
        )
        .where(*where)
        .group_by(_of.scope, _of.dimension, _of.value)
    )
    monthly = select(_of.scope, _of.month, _of.dimension, _of.value, _of.number, _of.key).where(
        *where, _of.dimension.in_(by_month)
    )
    return [
        *(
            Counted(r.scope, "", r.dimension, r.value, int(r.number), int(r.key))
            for r in await connection.execute(whole)
        ),
        *(Counted(*row) for row in await connection.execute(monthly)),
    ]


async def stored(connection: AsyncConnection) -> dict[Cell, tuple[int, int]]:
    """Every cell that is not nought."""
    query = select(*(_of[name] for name in _KEY), _of.number, _of.key).where((_of.number != 0) | (_of.key != 0))
    return {(r[0], r[1], r[2], r[3], r[4]): (r[5], r[6]) for r in await connection.execute(query)}


async def _change(
    connection: AsyncConnection, before: Iterable[tuple[Fact, int]], after: Iterable[tuple[Fact, int]]
) -> None:
    less, more = count(before), count(after)
    rows = list[dict[str, Any]]()
    for cell in sorted({*less, *more}):
        (gone, gone_key), (come, come_key) = less.get(cell, (0, 0)), more.get(cell, (0, 0))
        if (gone, gone_key) != (come, come_key):
            rows.append(dict(zip(_KEY, cell, strict=True)) | {"number": come - gone, "key": come_key - gone_key})
    upsert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(s.figure)
    added = {name: _of[name] + upsert.excluded[name] for name in ("number", "key")}
    for start in range(0, len(rows), BLOCK):
        await connection.execute(
            upsert.on_conflict_do_update(index_elements=_KEY, set_=added), rows[start : start + BLOCK]
        )
