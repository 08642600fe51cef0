"""`python -m server [serve|migrate|sample|reference]`: without a word it serves."""

import argparse
import asyncio
import sys
from collections.abc import Callable

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

    with alone_with(settings.database):
        serve_until_told(settings)
    return 0


def migrate(settings: Settings) -> int:
    """Bring the database to the shape that this program expects."""
    from inbox.storage.engines import sqlite_url
    from inbox.storage.migrate import migrate as bring_up_to_date

    with alone_with(settings.database):
        asyncio.run(bring_up_to_date(sqlite_url(settings.database)))
    return 0


def sample(settings: Settings) -> int:
    """Fill an empty database with sample people and cases, where one may sign in as them."""
    from server.sample.run import fill

    if not settings.sample_sign_in:
        print("No sample cases: DEV_SIGN_IN does not allow sample people at this address.")
        return 0
    with alone_with(settings.database):
        if asyncio.run(fill(settings)):
            print("Sample people and cases are in place.")
    return 0


def reference(_: Settings) -> int:
    """Write the reference pages anew."""
    from server.reference import write

    for path in write():
        print(path)
    return 0


COMMANDS: dict[str, Callable[[Settings], int]] = {
    "serve": serve,
    "migrate": migrate,
    "sample": sample,
    "reference": reference,
}

if __name__ == "__main__":
    sys.exit(main())
