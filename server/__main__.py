"""`python -m server [serve|worker|start|migrate|move|sample|reference]`: without a word it serves."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext

from server.config import Settings, from_surroundings
from server.observability import logs
from server.process.file_lock import alone_with
from server.startup_error import StartupError

FOR_US_ALONE = 0o077
"""What is taken from the mode of whatever is made: all rights of all other accounts."""


def main() -> int:
    """Run one command; what hinders the start is said in one line."""
    parser = argparse.ArgumentParser(prog="python -m server", description=__doc__)
    parser.add_argument("command", choices=sorted(COMMANDS), nargs="?", default="serve")
    command = parser.parse_args().command
    try:
        settings = from_surroundings()
        if command != "reference":
            # The database, what SQLite lays beside it, and attachments: no other account of the machine reads them.
            os.umask(FOR_US_ALONE)
        logs.set_up(settings.log_level, settings.log_format)
        # A database file is for one process at a time; PostgreSQL is there for many.
        shared = command != "move" and (command in {"reference", "worker"} or settings.database_url)
        with nullcontext() if shared else alone_with(settings.database):
            COMMANDS[command](settings)
    except StartupError as hindrance:
        print(hindrance, file=sys.stderr)
        return 2
    return 0


def serve(settings: Settings) -> None:
    """Answer requests until told to stop."""
    from server.serve import serve as serve_until_told

    serve_until_told(settings)


def worker(settings: Settings) -> None:
    """Do what comes back by itself, beside processes that serve."""
    from server.serve import work

    work(settings)


def start(settings: Settings) -> None:
    """Everything for trying it out: the database made, sample cases the first time, then serve."""
    migrate(settings)
    sample(settings)
    serve(settings)


def migrate(settings: Settings) -> None:
    """Bring the database to the shape that this program expects."""
    from inbox.storage.engine.engines import url_of
    from inbox.storage.engine.migrate import migrate as bring_up_to_date

    asyncio.run(bring_up_to_date(url_of(settings.database, settings.database_url)))


def move(settings: Settings) -> None:
    """Move from the file in DATABASE to the empty PostgreSQL in DATABASE_URL."""
    from server.process.copy_to_postgres import move_to_postgres

    move_to_postgres(settings)


def sample(settings: Settings) -> None:
    """Fill an empty database with sample people and cases, where one may sign in as them."""
    from server.sample.run import fill

    if not settings.sample_sign_in:
        print("No sample cases: DEV_SIGN_IN does not allow sample people at this address.")
    elif asyncio.run(fill(settings)):
        print("Sample people and cases are in place.")


def reference(_: Settings) -> None:
    """Write the reference pages anew."""
    from server.reference.pages import write

    for path in write():
        print(path)


COMMANDS: dict[str, Callable[[Settings], None]] = {
    "serve": serve,
    "worker": worker,
    "start": start,
    "migrate": migrate,
    "move": move,
    "sample": sample,
    "reference": reference,
}

if __name__ == "__main__":
    sys.exit(main())
