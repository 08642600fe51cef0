"""Tables of how many: a row for each thing that is counted, and one column that grows."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage.reacting.events import Happened

Key = tuple[Any, ...]


class Counts(Struct, frozen=True):
    """What is counted: `keys` says of an event in which rows of the table it counts, by the primary key's order."""

    table: Table
    keys: Callable[[Happened], Iterable[Key]]
    number: str = "number"
    """The column that grows."""

    def of(self, events: Iterable[Happened]) -> Counter[Key]:
        """What the events add."""
        return Counter(key for event in events for key in self.keys(event))

    async def add(self, connection: AsyncConnection, events: Sequence[Happened]) -> None:
        """Count the events."""
        names = [column.name for column in self.table.primary_key]
        rows = [dict(zip(names, key, strict=True)) | {self.number: n} for key, n in sorted(self.of(events).items())]
        if not rows:
            return
        upsert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(self.table)
        column = self.table.c[self.number]
        more = upsert.on_conflict_do_update(index_elements=names, set_={column: column + upsert.excluded[self.number]})
        await connection.execute(more, rows)

    async def stored(self, connection: AsyncConnection) -> Counter[Key]:
        """What the table holds."""
        query = select(*self.table.primary_key, self.table.c[self.number])
        return Counter({tuple(row[:-1]): row[-1] for row in await connection.execute(query)})

    async def clear(self, connection: AsyncConnection) -> None:
        """Begin at nothing."""
        await connection.execute(delete(self.table))
