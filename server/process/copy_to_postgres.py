"""Moving from a database file to PostgreSQL, told on the terminal."""

import asyncio
import sys
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from inbox.storage.engine.engines import url_of
from inbox.storage.moving.move import CannotMove, move
from server.config import Settings, WrongSetting
from server.startup_error import StartupError


class NothingToMove(StartupError):
    """There is no such file."""

    def __init__(self, database: Path) -> None:
        super().__init__(f"There is no {database}. Set DATABASE to the file that is to be moved.")


class NotMoved(StartupError):
    """The reason, as the store gave it."""


def move_to_postgres(settings: Settings) -> None:
    """Move what lies in DATABASE to DATABASE_URL. The file is left as it is. Raises what hinders it."""
    if not settings.database_url:
        raise WrongSetting("DATABASE_URL", "it must say where to move to.")
    if not settings.database.is_file():
        raise NothingToMove(settings.database)
    print(f"Moving {settings.database} to {_place(settings.database_url)}", flush=True)
    began = perf_counter()
    try:
        found = asyncio.run(move(settings.database, url_of(settings.database, settings.database_url), _Line().tell))
    except CannotMove as reason:
        raise NotMoved(str(reason)) from None
    for name, (_, there) in found.items():
        print(f"  {name:<16}{there.rows:>12,}  {there.sum[:16]}  equal")
    rows = sum(there.rows for _, there in found.values())
    print(
        f"{rows:,} rows in {len(found)} tables, counts and hashes equal on both sides; {perf_counter() - began:.1f} s"
    )
    print(_what_else(settings))


class _Line:
    """One line that moves on at a terminal; elsewhere a line for each table."""

    def __init__(self) -> None:
        self._moves = sys.stdout.isatty()

    def tell(self, table: str, done: int, whole: int) -> None:
        if self._moves:
            print(f"\r  {table:<16}{done:>12,} of {whole:,}", end="\n" if done == whole else "", flush=True)
        elif done == whole:
            print(f"  {table:<16}{done:>12,} copied", flush=True)


def _place(url: str) -> str:
    """Where it is, without the password."""
    parts = urlsplit(url)
    return f"{parts.hostname or 'localhost'}{parts.path}"


def _what_else(settings: Settings) -> str:
    secret = "SECRET" if settings.secret else f"the secret in {settings.kept / 'secret'}, as SECRET,"
    return (
        f"Now start with this DATABASE_URL. Every process needs {secret}\n"
        f"the keys in {settings.key_file}, as KEYS,\n"
        "and the same place of attachments (FILES, or S3_BUCKET), which are not moved.\n"
        f"{settings.database} is left as it was: keep it with the backups, and start nothing on it."
    )
