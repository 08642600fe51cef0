"""A database that holds nothing yet, on either engine."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy.ext.asyncio import create_async_engine

from inbox.storage.engine.engines import is_sqlite, url_of
from inbox.storage.engine.migrate import migrate
from inbox.storage.schema import metadata


async def fresh_store(database: Path, database_url: str = "") -> str:
    """The address of an empty store with its tables: the file made anew, or the PostgreSQL database emptied."""
    url = url_of(database, database_url)
    if is_sqlite(url):
        await _copied(database)
    else:
        await _empty(url)
    return url


async def _copied(database: Path) -> None:
    """A copy of a file that was migrated once in this process."""
    made = _folder() / "empty.db"
    if not made.exists():
        await migrate(url_of(made, ""))
    shutil.copyfile(made, database)


@cache
def _folder() -> Path:
    folder = Path(mkdtemp(prefix="gensvar-store-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


async def _empty(url: str) -> None:
    """Faster than a database for each test. It has its tables already."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            await connection.execute(table.delete())
    await engine.dispose()
