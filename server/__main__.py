"""`python -m server [COMMAND]`: without a word it serves."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

from server.config import Settings, from_surroundings
from server.observability import logs
from server.process.file_lock import alone_with
from server.startup_error import StartupError

Arguments = argparse.Namespace
FOR_US_ALONE = 0o077
"""What is taken from the mode of whatever is made: all rights of all other accounts."""


def main() -> int:
    """Run one command; what hinders the start is said in one line."""
    arguments = _parser().parse_args()
    command = arguments.command or "serve"
    try:
        settings = from_surroundings()
        if command != "reference":
            # The database, what SQLite lays beside it, and attachments: no other account of the machine reads them.
            os.umask(FOR_US_ALONE)
        logs.set_up(settings.log_level, settings.log_format)
        # A database file is for one process at a time; PostgreSQL is there for many.
        shared = command != "move" and (command in BESIDE or settings.database_url)
        with nullcontext() if shared else alone_with(settings.database):
            return COMMANDS[command](settings, arguments) or 0
    except StartupError as hindrance:
        print(hindrance, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, do in COMMANDS.items():
        one = commands.add_parser(name, help=do.__doc__, description=do.__doc__)
        if name in {"grant", "revoke"}:
            _ask_for_role(one, gives=name == "grant")
        elif name == "employee":
            _ask_for_employee(one)
        elif name == "dialogs":
            from server.dialogs import ask_for

            ask_for(one)
        elif name == "directory":
            _ask_for_directory(one)
        elif name == "report":
            _ask_for_report(one)
        elif name == "keys":
            one.add_argument("change", nargs="?", default="", choices=("", *KEY_CHANGES))
            one.add_argument("key", nargs="?", default="", help="for `retire`: which, as they are listed")
        elif name == "rebuild":
            one.add_argument("table", nargs="?", default="", help="which; left out, they are listed")
        elif name == "reactions":
            one.add_argument(
                "what", nargs="?", choices=("show", "retry"), default="show", help="retry what was put aside"
            )
    return parser


def _ask_for_directory(parser: argparse.ArgumentParser) -> None:
    from server.directory import ask

    ask(parser)


def _ask_for_report(parser: argparse.ArgumentParser) -> None:
    from server.report import ask

    ask(parser)


def _ask_for_employee(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("hsa_id", help="what the provider calls them at work (`employeeHsaId`)")
    parser.add_argument("name", help="what they are called; of somebody who is known already it changes nothing")
    parser.add_argument("--person", default="", help="who, of those whom `people` lists: another id of theirs")
    parser.add_argument(
        "--number", action="store_true", help="read their personal number from the terminal: they may be known by it"
    )


def _ask_for_role(parser: argparse.ArgumentParser, *, gives: bool) -> None:
    parser.add_argument("person", help="who: the id that `people` lists")
    parser.add_argument("role", choices=ROLES)
    parser.add_argument("unit", help="where: the HSA-id of a unit, or of a patient board's desk")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="the last day, as 2026-12-31")
    if gives:
        parser.add_argument(
            "--from", dest="since", type=date.fromisoformat, metavar="DAY", help="the first day; else today"
        )
        parser.add_argument("--below", action="store_true", help="at every unit below it too, whichever come later")


def serve(settings: Settings, _: Arguments) -> None:
    """Answer requests until told to stop."""
    from server.serve import serve as serve_until_told

    serve_until_told(settings)


def worker(settings: Settings, _: Arguments) -> None:
    """Do what comes back by itself, beside processes that serve."""
    from server.serve import work

    work(settings)


def start(settings: Settings, arguments: Arguments) -> None:
    """Everything for trying it out: the database made, sample cases the first time, then serve."""
    migrate(settings, arguments)
    sample(settings, arguments)
    serve(settings, arguments)


def migrate(settings: Settings, _: Arguments) -> None:
    """Bring the database to the shape that this program expects."""
    from server.directory import take_in_first
    from server.keys import migrate_with_keys

    migrate_with_keys(settings)
    take_in_first(settings)


def move(settings: Settings, _: Arguments) -> None:
    """Move from the file in DATABASE to the empty PostgreSQL in DATABASE_URL."""
    from server.process.copy_to_postgres import move_to_postgres

    move_to_postgres(settings)


def verify(settings: Settings, _: Arguments) -> int:
    """Compare what is stored with what has happened: a line for each difference, and 1 if there are any."""
    from server.app import keyring_of
    from server.process.check_projections import verify as compare

    return compare(settings, keyring_of(settings))


def rebuild(settings: Settings, arguments: Arguments) -> None:
    """Make a table that follows from what has happened anew."""
    from server.app import real_clock
    from server.process.check_projections import rebuild as make_anew

    make_anew(settings, arguments.table, real_clock)


def reactions(settings: Settings, arguments: Arguments) -> int:
    """Show how far what follows from events is, and what was put aside; or try that once more."""
    from server import reactions as following

    return following.retry(settings) if arguments.what == "retry" else following.show(settings)


def sample(settings: Settings, _: Arguments) -> None:
    """Fill an empty database with sample people and cases, where one may sign in as them."""
    from server.sample.run import fill

    if not settings.sample_sign_in:
        print("No sample cases: DEV_SIGN_IN does not allow sample people at this address.")
    elif asyncio.run(fill(settings)):
        print("Sample people and cases are in place.")


def reference(_: Settings, __: Arguments) -> None:
    """Write the reference pages anew."""
    from server.reference.pages import write

    for path in write():
        print(path)


def grant(settings: Settings, arguments: Arguments) -> None:
    """Give somebody a role, or change its days."""
    from server.roles import give

    give(settings, arguments)


def revoke(settings: Settings, arguments: Arguments) -> None:
    """Take a role from somebody: at once, or after a last day."""
    from server.roles import take

    take(settings, arguments)


def employee(settings: Settings, arguments: Arguments) -> None:
    """Let somebody who works for you sign in: by their HSA-id. Roles are given by `grant`."""
    from server.roles import enrol

    enrol(settings, arguments)


def keys(settings: Settings, arguments: Arguments) -> None:
    """List the keys that personal details are encrypted with, add one, change to a new one, or retire one."""
    from server.keys import CHANGES

    CHANGES[arguments.change](settings, arguments.key)


def people(settings: Settings, _: Arguments) -> None:
    """List who works in the service, with their roles and days."""
    from server.roles import show

    show(settings)


def dialogs(settings: Settings, arguments: Arguments) -> None:
    """List the versions of dialogs; import one as a draft, publish or retire it."""
    from server.dialogs import do

    do(settings, arguments)


def directory(settings: Settings, arguments: Arguments) -> None:
    """Regions, care providers and units: list, import, rename, move, merge, end, and set what a region has decided."""
    from server.directory import directory as do

    do(settings, arguments)


def report(settings: Settings, arguments: Arguments) -> None:
    """Print a year's figures of a region's patient board, or of its care, as CSV: as they are, so keep them."""
    from server.report import report as write

    write(settings, arguments)


COMMANDS: dict[str, Callable[[Settings, Arguments], int | None]] = {
    "serve": serve,
    "worker": worker,
    "start": start,
    "migrate": migrate,
    "move": move,
    "verify": verify,
    "rebuild": rebuild,
    "reactions": reactions,
    "sample": sample,
    "reference": reference,
    "grant": grant,
    "revoke": revoke,
    "people": people,
    "employee": employee,
    "dialogs": dialogs,
    "directory": directory,
    "keys": keys,
    "report": report,
}
BESIDE = frozenset(
    {
        "reference",
        "worker",
        "verify",
        "reactions",
        "grant",
        "revoke",
        "people",
        "employee",
        "dialogs",
        "directory",
        "keys",
        "report",
    }
)
"""What may be run beside a process that serves from the same file."""
KEY_CHANGES = ("add", "rotate", "retire")
ROLES = ("caseworker", "distributor", "officer", "administrator")

if __name__ == "__main__":
    sys.exit(main())
