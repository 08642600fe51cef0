"""Whether what is stored is what the events make of it: cases, and every table that follows from them."""

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import Case, CaseId
from inbox.storage.engine.engines import open_readers
from inbox.storage.projections import tables
from inbox.storage.projections.tables import PROJECTIONS, Broken, Projection, Rows
from inbox.storage.reacting.counts import Counts, Key
from inbox.storage.reacting.cursors import every_parked, positions
from inbox.storage.reacting.events import events_after

Tell = Callable[[int, int], None]
"""Hears how many cases are done, and how many there are."""
BLOCK = 200
"""Cases that are in memory at once."""

_case_json = msgspec.json.Decoder(Case)


class Difference(Struct, frozen=True):
    """Something that is stored otherwise than it follows from the events. Never what: it may be what people wrote."""

    case: CaseId
    """Empty: in a table over all cases."""
    field: str
    """As `registration.r1.state`; with `missing` or `unexpected` after it where a whole row is."""


async def differences(url: str, tell: Tell) -> AsyncGenerator[Difference]:
    """Every one there is, case by case. The service may go on meanwhile: each block is looked at as of one moment."""
    engine, last, done = open_readers(url, 1), "", 0
    try:
        async with engine.connect() as connection:
            whole = await tables.count_cases(connection)
        while True:
            async with engine.connect() as connection:
                ids = await tables.ids_after(connection, last, BLOCK)
                found = await _of(connection, ids)
            for difference in found:
                yield difference
            if not ids:
                return
            last, done = ids[-1], done + len(ids)
            tell(done, max(done, whole))
    finally:
        await engine.dispose()


async def _of(connection: AsyncConnection, ids: list[CaseId]) -> list[Difference]:
    if not ids:
        return []
    histories = await tables.histories(connection, ids)
    there = {name: await tables.stored(connection, each, ids) for name, each in PROJECTIONS.items()}
    found: list[Difference] = []
    for id in ids:
        try:
            history = histories[id]
            if isinstance(history, Broken):
                raise history
            expected = tables.expected(tables.case_of(history), history)
        except Broken as broken:
            found.append(Difference(id, str(broken)))
            continue
        for name, projection in PROJECTIONS.items():
            fields = unequal(name, projection, expected[name], there[name].get(id, {}))
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
            stored = await counts.stored(connection)
    finally:
        await engine.dispose()
    keys = sorted(key for key in {*counted, *stored} if counted[key] != stored[key])
    return [Difference("", ".".join([name, *map(str, key), counts.number])) for key in keys]


def unequal(name: str, projection: Projection, expected: Rows, stored: Rows) -> Iterator[str]:
    """The names of the fields in which a case's rows of a projection differ."""
    for key in dict.fromkeys((*expected, *stored)):
        place = ".".join([name, *map(str, key)])
        if key not in stored:
            yield f"{place} missing"
        elif key not in expected:
            yield f"{place} unexpected"
        else:
            for column in projection.columns:
                yield from _of_column(place, column, expected[key][column], stored[key][column])


def _of_column(place: str, column: str, expected: Any, stored: Any) -> Iterator[str]:
    if column == "body":
        yield from _of_values(place, _decoded(expected), _decoded(stored))
    elif expected != stored:
        yield f"{place}.{column}"


def _of_values(place: str, expected: Any, stored: Any) -> Iterator[str]:
    """Down to the fields of a case."""
    if isinstance(expected, dict) and isinstance(stored, dict):
        for name in dict.fromkeys((*expected, *stored)):
            yield from _of_values(f"{place}.{name}", expected.get(name), stored.get(name))
    elif isinstance(expected, list) and isinstance(stored, list) and len(expected) == len(stored):
        for number, (one, other) in enumerate(zip(expected, stored, strict=True), start=1):
            yield from _of_values(f"{place}.{number}", one, other)
    elif expected != stored:
        yield place


def _decoded(body: str) -> Any:
    """A case's fields, also those that are not written down because they have their default; None if it is no case."""
    try:
        return msgspec.to_builtins(_case_json.decode(body))
    except msgspec.MsgspecError:
        return None
