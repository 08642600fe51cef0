"""`python -m server [serve|migrate|sample|reference]`: without a word it serves."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from server import logs
from server.config import Settings, from_surroundings
from server.hindered import Hindered
from server.lock import alone_with


def main() -> int:
    """Run one command; what hinders the start is said in one line."""
    parser = argparse.ArgumentParser(prog="python -m server", description=__doc__)
    parser.add_argument("command", choices=sorted(COMMANDS), nargs="?", default="serve")
    command = parser.parse_args().command
    try:
        settings = from_surroundings()
        logs.set_up(settings.log_level, settings.log_format)
        return COMMANDS[command](settings)
    except Hindered as hindrance:
        print(hindrance, file=sys.stderr)
        return 2


def serve(settings: Settings) -> int:
    """Answer requests until told to stop."""
    from server.serving import serve as serve_until_told

    with _alone(settings):
        serve_until_told(settings)
    return 0


def migrate(settings: Settings) -> int:
    """Bring the database to the shape that this program expects."""
    from inbox.storage.engines import url_of
    from inbox.storage.migrate import migrate as bring_up_to_date

    with _alone(settings):
        asyncio.run(bring_up_to_date(url_of(settings.database, settings.database_url)))
    return 0


def sample(settings: Settings) -> int:
    """Fill an empty database with sample people and cases, where one may sign in as them."""
    from server.sample.run import fill

    if not settings.sample_sign_in:
        print("No sample cases: DEV_SIGN_IN does not allow sample people at this address.")
        return 0
    with _alone(settings):
        if asyncio.run(fill(settings)):
            print("Sample people and cases are in place.")
    return 0


def reference(_: Settings) -> int:
    """Write the reference pages anew."""
    from server.reference import write

    for path in write():
        print(path)
    return 0


def _alone(settings: Settings) -> AbstractContextManager[None]:
    """A database file is for one process at a time; PostgreSQL is there for many."""
    return nullcontext() if settings.database_url else alone_with(settings.database)


COMMANDS: dict[str, Callable[[Settings], int]] = {
    "serve": serve,
    "migrate": migrate,
    "sample": sample,
    "reference": reference,
}

if __name__ == "__main__":
    sys.exit(main())
