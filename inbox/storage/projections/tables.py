"""What a table that follows from events is, and whatever has events of its own from which such tables follow."""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby
from typing import Any, ClassVar, Protocol

import msgspec
from msgspec import Struct
from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

Key = tuple[object, ...]
Rows = dict[Key, dict[str, Any]]
"""The rows of a table that belong to one owner."""
OwnerId = str
"""A case, a person, a dialog; or the directory, of which there is one."""


def _as_written(key: Key, body: str) -> Any:
    return msgspec.json.decode(body)


class Projection(Struct, frozen=True):
    """A table that follows from events."""

    table: Table
    owner: str | None
    """The column that says whose a row is; None where all are of one owner."""
    key: tuple[str, ...] = ()
    """What tells its rows apart within an owner."""
    kept: frozenset[str] = frozenset()
    """Columns that follow from something else: they stay as they are."""
    read: Callable[[Key, str], Any] = _as_written
    """What its `body` holds, with what is usual filled in. Raises MsgspecError."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Those that follow from events, without the key."""
        apart = {*self.key, *self.kept, self.owner}
        return tuple(column.name for column in self.table.columns if column.name not in apart)

    def rows(self, written: Sequence[Any]) -> Rows:
        """Rows as they are written or stored, by their key."""
        names = self.columns
        return {tuple(row[name] for name in self.key): {name: row.get(name) for name in names} for row in written}


class Broken(Exception):
    """The events of an owner cannot be read, or make nothing. The text says which, without what is in them."""


Expected = dict[str, Rows]
"""By the name of the projection."""


class Source(Protocol):
    """Owners of one kind, with what follows from the events of each."""

    name: ClassVar[str]
    projections: ClassVar[Mapping[str, Projection]]

    async def count(self, connection: AsyncConnection) -> int:
        """How many owners there are."""
        ...

    async def ids_after(self, connection: AsyncConnection, last: OwnerId, most: int) -> list[OwnerId]:
        """The next owners, in the order of their ids."""
        ...

    async def hold(self, connection: AsyncConnection, ids: list[OwnerId]) -> None:
        """Let nobody change these until the transaction ends."""
        ...

    async def expected(self, connection: AsyncConnection, ids: Collection[OwnerId]) -> dict[OwnerId, Expected | Broken]:
        """What each projection should hold of each of the owners; what is wrong where events cannot be read."""
        ...


async def stored(connection: AsyncConnection, projection: Projection, ids: Collection[OwnerId]) -> dict[OwnerId, Rows]:
    """What a projection holds of each of the owners."""
    query = select(projection.table)
    if projection.owner is None:
        rows = (await connection.execute(query)).mappings().all()
        return {id: projection.rows(rows) for id in ids}
    owner = projection.table.c[projection.owner]
    found = (await connection.execute(query.where(owner.in_(ids)).order_by(owner))).mappings()
    return {id: projection.rows(list(own)) for id, own in groupby(found, lambda row: str(row[owner]))}


async def count_of(connection: AsyncConnection, table: Table) -> int:
    """How many rows there are."""
    return await connection.scalar(select(func.count()).select_from(table)) or 0
