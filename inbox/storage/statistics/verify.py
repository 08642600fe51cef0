"""Whether what is counted is what has happened: facts beside the events, and the tables beside the facts."""

from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.statistics.counting import Cell, count
from inbox.storage.engine.engines import open_readers
from inbox.storage.projections.verify import Difference
from inbox.storage.reacting.cursors import every_parked, positions
from inbox.storage.statistics import facts, figures

NAME = "statistics"
"""Of the reaction that counts."""


async def miscounted_facts(url: str) -> list[Difference]:
    """Every case that counts otherwise than by its events, and every cell that is not the sum of its facts.

    As of one moment, up to the event to which it is counted: a case that goes on meanwhile is counted soon.
    """
    engine = open_readers(url, 1)
    try:
        async with engine.connect() as connection:
            return await _differences(connection)
    finally:
        await engine.dispose()


async def _differences(connection: AsyncConnection) -> list[Difference]:
    position = (await positions(connection)).get(NAME)
    up_to = position.row if position else 0
    if any(one.reaction == NAME for one in await every_parked(connection)):
        return [Difference("", "statistics.parked")]
    found, should, last = list[Difference](), dict[Cell, tuple[int, int]](), ""
    while ids := await facts.case_ids_after(connection, last, figures.BLOCK):
        wanted, there = await facts.expected(connection, ids, up_to), await facts.kept(connection, ids)
        for id in ids:
            kept = there.get(id, [])
            if wanted[id] != [version for version, _ in kept]:
                found.append(Difference(id, "fact"))
        for cell, (number, key) in count(facts.current(there.values())).items():
            before = should.get(cell, (0, 0))
            should[cell] = before[0] + number, before[1] + key
        last = ids[-1]
    stored = await figures.stored(connection)
    wrong = sorted(cell for cell in {*should, *stored} if should.get(cell) != stored.get(cell))
    return found + [Difference("", ".".join(["figure", *cell])) for cell in wrong]
