"""The store as one thing: a writer, and readers apart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as TooLong
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.errors import NotRead
from inbox.storage.encryption.fields import first_key, keyring_of, keys_in_use
from inbox.storage.encryption.keyring import Keyring
from inbox.storage.engine.bell import Bell
from inbox.storage.engine.engines import is_sqlite, open_readers, open_writer
from inbox.storage.engine.migrate import is_current
from inbox.storage.engine.writer import Writer


class Store:
    """Opened once by whoever makes the parts; closed after the last request."""

    def __init__(self, url: str, keyring: Keyring | None = None) -> None:
        """Without keys everything but encrypted fields can be read and written."""
        self.url = url
        self.shared = not is_sqlite(url)
        """Whether other processes may change what is in it."""
        self._writing = open_writer(url, keyring)
        self._reading = open_readers(url, keyring=keyring)
        self.writer = Writer(self._writing)
        self.bell = Bell()

    def start(self) -> None:
        """Begin to take work. Needs a running loop."""
        self.writer.start()

    async def close(self) -> None:
        """Write what waits, then close every connection."""
        await self.writer.stop()
        await self._reading.dispose()
        await self._writing.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one moment's state. Nothing can be written on it that would last.

        Raises NotRead where the database does not answer: people hear that they can try again.
        """
        try:
            async with self._reading.connect() as connection:
                yield connection
        except (ConnectionError, TimeoutError, TooLong) as problem:
            raise NotRead from problem
        except DBAPIError as problem:
            if isinstance(problem, IntegrityError | ProgrammingError | DataError):
                raise
            raise NotRead from problem

    async def ping(self) -> None:
        """Return if the database answers."""
        async with self.reading() as connection:
            await connection.execute(text("SELECT 1"))

    async def unlock(self) -> None:
        """Return if every key that the database needs is there. Raises MissingKey or BrokenKeyFile."""
        async with self.reading() as connection:
            keyring, needed = keyring_of(connection), await keys_in_use(connection)
        for id in needed or [await self.writer.do(first_key)]:
            keyring.key(id)

    async def is_current(self) -> bool:
        """Whether the database has the shape that this program expects."""
        return await is_current(self._reading)
