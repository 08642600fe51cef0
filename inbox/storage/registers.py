"""Register numbers: one series per authority and year, without gaps."""

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s
from inbox.storage.engine.locks import Lock, hold


async def next_number(connection: AsyncConnection, authority: str, prefix: str, year: int) -> str:
    """The next number of the series, as `PN 2026-00123`. Counted in the transaction, so that a refusal takes none."""
    # Two first numbers of a series at once would both be 1.
    await hold(connection, Lock.NUMBERS)
    counter = s.counter.c
    where = (counter.authority == authority, counter.year == year)
    statement = update(s.counter).where(*where).values(value=counter.value + 1)
    if (await connection.execute(statement)).rowcount == 0:
        await connection.execute(insert(s.counter).values(authority=authority, year=year, value=1))
    value = await connection.scalar(select(counter.value).where(*where))
    return f"{prefix} {year}-{value:05d}"
