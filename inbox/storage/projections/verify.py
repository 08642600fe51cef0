"""Whether what is stored is what the events make of it: cases, what is administered, and every table that follows."""

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from inbox.storage.engine.engines import open_readers
from inbox.storage.projections.sources import SOURCES
from inbox.storage.projections.tables import Broken, Key, OwnerId, Projection, Rows, Source, stored
from inbox.storage.reacting.counts import Counts
from inbox.storage.reacting.cursors import every_parked, positions
from inbox.storage.reacting.events import events_after

Tell = Callable[[str, int, int], None]
"""Hears of what, how many are done, and how many there are."""
BLOCK = 200
"""Cases that are in memory at once."""


class Difference(Struct, frozen=True):
    """Something that is stored otherwise than it follows from the events. Never what: it may be what people wrote."""

    owner: OwnerId
    """A case, a person, a dialog or `directory`. Empty: in a table over all of them."""
    field: str
    """As `registration.r1.state`; with `missing` or `unexpected` after it where a whole row is."""


async def differences(url: str, tell: Tell) -> AsyncGenerator[Difference]:
    """Every one there is, owner by owner, cases first; each block as of one moment, so that the service may go on."""
    engine = open_readers(url, 1)
    try:
        for source in SOURCES:
            async for found in _of_source(engine, source, tell):
                yield found
    finally:
        await engine.dispose()


async def _of_source(engine: AsyncEngine, source: Source, tell: Tell) -> AsyncGenerator[Difference]:
    last, done = "", 0
    async with engine.connect() as connection:
        whole = await source.count(connection)
    while True:
        async with engine.connect() as connection:
            ids = await source.ids_after(connection, last, BLOCK)
            found = await _of(connection, source, ids)
        for difference in found:
            yield difference
        if not ids:
            return
        last, done = ids[-1], done + len(ids)
        tell(source.name, done, max(done, whole))


async def _of(connection: AsyncConnection, source: Source, ids: list[OwnerId]) -> list[Difference]:
    if not ids:
        return []
    expected = await source.expected(connection, ids)
    there = {name: await stored(connection, each, ids) for name, each in source.projections.items()}
    found: list[Difference] = []
    for id in ids:
        should = expected[id]
        if isinstance(should, Broken):
            found.append(Difference(id, str(should)))
            continue
        for name, projection in source.projections.items():
            fields = unequal(name, projection, should[name], there[name].get(id, {}))
            found += [Difference(id, field) for field in fields]
    return found


async def miscounted(url: str, name: str, counts: Counts) -> list[Difference]:
    """Where a count is not that of the events up to which it has come; as of one moment."""
    engine, row = open_readers(url, 1), 0
    counted: Counter[Key] = Counter()
    try:
        async with engine.connect() as connection:
            position = (await positions(connection)).get(name)
            last = position.row if position else 0
            apart = {one.row for one in await every_parked(connection) if one.reaction == name}
            while row < last:
                events = (await events_after(connection, row, BLOCK * 10)).events
                counted += counts.of(each for each in events if each.row <= last and each.row not in apart)
                row = events[-1].row
            there = await counts.stored(connection)
    finally:
        await engine.dispose()
    keys = sorted(key for key in {*counted, *there} if counted[key] != there[key])
    return [Difference("", ".".join([name, *map(str, key), counts.number])) for key in keys]


def unequal(name: str, projection: Projection, expected: Rows, stored: Rows) -> Iterator[str]:
    """The names of the fields in which an owner's rows of a projection differ."""
    for key in dict.fromkeys((*expected, *stored)):
        place = ".".join([name, *map(str, key)])
        if key not in stored:
            yield f"{place} missing"
        elif key not in expected:
            yield f"{place} unexpected"
        else:
            for column in projection.columns:
                one, other = expected[key][column], stored[key][column]
                if column == "body":
                    yield from _of_values(place, _fields(projection, key, one), _fields(projection, key, other))
                elif one != other:
                    yield f"{place}.{column}"


def _of_values(place: str, expected: Any, stored: Any) -> Iterator[str]:
    """Down to the fields of what is stored as one text."""
    if isinstance(expected, dict) and isinstance(stored, dict):
        for name in dict.fromkeys((*expected, *stored)):
            yield from _of_values(f"{place}.{name}", expected.get(name), stored.get(name))
    elif isinstance(expected, list) and isinstance(stored, list) and len(expected) == len(stored):
        for number, (one, other) in enumerate(zip(expected, stored, strict=True), start=1):
            yield from _of_values(f"{place}.{number}", one, other)
    elif expected != stored:
        yield place


def _fields(projection: Projection, key: Key, body: str) -> Any:
    """Also those that are not written down because they have their default; None if it cannot be read."""
    try:
        return msgspec.to_builtins(projection.read(key, body))
    except msgspec.MsgspecError:
        return None
