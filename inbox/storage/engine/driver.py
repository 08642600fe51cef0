"""A connection whose statements take one trip to the database's thread.

The driver's own cursor is made, used, read and closed in four trips; a trip costs more than most statements here.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Self

import aiosqlite

Values = Sequence[Any] | dict[str, Any]


class Connection(aiosqlite.Connection):
    """The driver's connection, with cursors of our own."""

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """A cursor, which costs nothing until it is used."""
        return Cursor(self)


class Cursor:
    """What the engine needs of a cursor. Every row is fetched at once, as the engine would do in its next trip."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Itself."""
        return self

    async def execute(self, sql: str, values: Values = ()) -> "Cursor":
        """Carry out a statement and fetch what it gives."""
        return await self._go(sql, values, many=False)

    async def executemany(self, sql: str, rows: Iterable[Values]) -> "Cursor":
        """Carry out a statement for each row of values."""
        return await self._go(sql, list(rows), many=True)

    async def fetchall(self) -> list[Any]:
        """The rows that are left."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is left open."""

    async def _go(self, sql: str, values: Any, *, many: bool) -> "Cursor":
        await self._connection._execute(self._in_thread, sql, values, many)  # type: ignore[no-untyped-call]  # noqa: SLF001 - its only way
        return self

    def _in_thread(self, sql: str, values: Any, many: bool) -> None:
        cursor = self._connection._conn.cursor()  # noqa: SLF001 - our base class's
        try:
            (cursor.executemany if many else cursor.execute)(sql, values)
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
            self._rows = cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()


def connect(database: str, **options: Any) -> Connection:
    """A connection that opens when it is awaited."""
    connection = Connection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    # A process that is told to end at once does not wait for it.
    connection._thread.daemon = True  # noqa: SLF001 - as the engine does with the driver's own connections
    return connection
