"""The directory on the terminal, also while the service runs: every process sees what changed within two seconds."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from msgspec import UNSET, UnsetType

from dialogs.errors import Refused
from handlers.view.locale import in_sweden
from inbox.administration.directory import commands as c
from inbox.administration.directory.records import Records
from inbox.directory.alphabet import alphabetical
from inbox.directory.fold import fold
from inbox.directory.load import BrokenDirectory
from inbox.directory.model import Connection, Region, RegionText, Unit
from inbox.directory.words import TEXTS
from inbox.execution.directory_changes import DirectoryKernel, directory_changes
from inbox.storage.administration.directory import load_records, version_of
from inbox.storage.engine.store import Store
from server.administration.taking_in import take_in
from server.app import real_clock, real_id
from server.config import Settings
from server.roles import NotDone, in_words, with_store

T = TypeVar("T")
USUAL = "usual"
"""Said instead of a number of days: what the settings say."""
CONTACT = ("phone", "street", "postal_code", "town", "municipality")


def ask(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    one = what.add_parser("list", help="units with their ids, as many as have the word in their name or id")
    one.add_argument("word", nargs="?", default="")
    one.add_argument("--ended", action="store_true", help="those that have ended too")
    what.add_parser("regions", help="regions that are open, with what they have decided")
    one = what.add_parser(
        "import", help="take in a file: what it names is added or changed, and what it does not, stays"
    )
    one.add_argument("file", type=Path)
    for name, other, words in (
        ("rename", "name", "give a unit another name; it is still found by the one it had"),
        ("move", "parent", "put a unit below another one of the same care provider"),
        ("merge", "into", "let a unit be part of another one, which answers for its cases from now on"),
    ):
        one = what.add_parser(name, help=words)
        one.add_argument("unit", help="the HSA-id")
        one.add_argument(other)
    one = what.add_parser("end", help="say which day is a unit's last; left out, yesterday was")
    one.add_argument("unit", help="the HSA-id")
    one.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="as 2026-12-31")
    _ask_for_contact(what.add_parser("contact", help="how a unit is reached, and what else it is called"))
    _ask_for_rules(what.add_parser("region", help="what a region has decided"))
    one = what.add_parser("rename-provider", help="give a care provider another name")
    one.add_argument("provider", help="its id")
    one.add_argument("name")


def _ask_for_contact(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", help="the HSA-id")
    for name in CONTACT:
        parser.add_argument(f"--{name.replace('_', '-')}")
    parser.add_argument("--other-names", nargs="*", metavar="NAME", help="all of them")
    parser.add_argument("--connection", choices=["connected", "not_connected", "external"])
    parser.add_argument("--goal-days", type=_days, help=f"a number, or `{USUAL}`: what the region says")


def _ask_for_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("region", help="its code, as 01")
    parser.add_argument("--open", action=argparse.BooleanOptionalAction, help="whether its units receive cases here")
    parser.add_argument("--name")
    parser.add_argument("--goal-days", type=_days, help=f"a number, or `{USUAL}`: what the settings say")
    parser.add_argument("--reply-days", type=_days, help="the same, of asking on after an answer")
    parser.add_argument("--text", nargs=3, action="append", default=[], metavar=("WHERE", "LANGUAGE", "TEXT"),
                        help=f"what the region says in its own words; WHERE is one of {', '.join(TEXTS)}")  # fmt: skip


def directory(settings: Settings, asked: argparse.Namespace) -> None:
    """Do what was asked for. Raises NotDone."""
    match asked.what:
        case "list":
            records = with_store(settings, _read)
            print("\n".join(_units(records, asked.word, ended=asked.ended)))
        case "regions":
            records = with_store(settings, _read)
            regions = sorted(records.regions.values(), key=lambda one: one.code)
            print("\n".join(_told(region) for region in regions if region.open))
        case "import":
            with_store(settings, lambda store: _take_in(store, asked.file))
        case _:
            with_store(settings, lambda store: _carry_out(store, asked))


def take_in_first(settings: Settings) -> None:
    """A database that has no directory yet gets what is in the file that the settings name, told on the terminal."""

    async def first(store: Store) -> None:
        async with store.reading() as connection:
            empty = not await version_of(connection)
        if empty:
            await _take_in(store, settings.directory)

    with_store(settings, first)


def command_of(asked: argparse.Namespace, records: Records) -> c.AnyDirectoryCommand:
    """What was asked for on the terminal, as a command."""
    id = real_id()
    match asked.what:
        case "rename":
            return c.RenameUnit(client_id=id, unit=asked.unit, name=asked.name)
        case "move":
            return c.MoveUnit(client_id=id, unit=asked.unit, parent=asked.parent)
        case "merge":
            return c.MergeUnits(client_id=id, unit=asked.unit, into=asked.into)
        case "end":
            return c.EndUnit(client_id=id, unit=asked.unit, until=asked.until)
        case "rename-provider":
            return c.RenameProvider(client_id=id, provider=asked.provider, name=asked.name)
        case "contact":
            names = UNSET if asked.other_names is None else tuple(asked.other_names)
            return c.ChangeUnit(
                client_id=id,
                unit=asked.unit,
                other_names=names,
                connection=UNSET if asked.connection is None else Connection(asked.connection),
                goal_days=_given(asked.goal_days),
                **{name: given for name in CONTACT if (given := getattr(asked, name)) is not None},
            )
        case _:
            return c.ChangeRegion(
                client_id=id,
                region=asked.region,
                name=_or_unset(asked.name),
                open=_or_unset(asked.open),
                goal_days=_given(asked.goal_days),
                reply_days=_given(asked.reply_days),
                texts=_texts(asked, records.regions.get(asked.region)),
            )


def _or_unset(value: T | None) -> T | UnsetType:
    return UNSET if value is None else value


def _texts(asked: argparse.Namespace, region: Region | None) -> tuple[RegionText, ...] | UnsetType:
    """Those there are, with what was said anew; an empty text takes one away."""
    if not asked.text or region is None:
        return UNSET
    texts = {(one.slot, one.language): one for one in region.texts}
    texts |= {(slot, language): RegionText(slot, language, text) for slot, language, text in asked.text}
    return tuple(one for one in texts.values() if one.text)


def _days(said: str) -> int:
    """0 for what is usual."""
    return 0 if said == USUAL else int(said)


def _given(days: int | None) -> int | UnsetType | None:
    return UNSET if days is None else days or None


async def _read(store: Store) -> Records:
    async with store.reading() as connection:
        return await load_records(connection)


async def _carry_out(store: Store, asked: argparse.Namespace) -> None:
    try:
        outcome = await _kernel(store).carry_out(command_of(asked, await _read(store)), None)
    except Refused as refusal:
        raise NotDone(in_words(refusal)) from None
    print("Done." if outcome.recorded else "It was so already.")


async def _take_in(store: Store, path: Path) -> None:
    def tell(done: int, whole: int) -> None:
        print(f"Directory: {done:,} of {whole:,} units", file=sys.stderr, flush=True)

    try:
        events = await take_in(path, store, _kernel(store), real_id, tell)
    except BrokenDirectory as broken:
        raise NotDone(f"Nothing was taken in. {broken}") from None
    print("The directory is in place." if events else "It was so already.")


def _kernel(store: Store) -> DirectoryKernel:
    return directory_changes(store, real_clock, lambda: in_sweden(real_clock()), real_id)


def _units(records: Records, word: str, *, ended: bool) -> Iterator[str]:
    today = in_sweden(real_clock())
    for unit in sorted(records.units.values(), key=lambda one: alphabetical(one.name)):
        over = unit.into is not None or (unit.until is not None and unit.until < today)
        if fold(word) in fold(f"{unit.id} {unit.name}") and (ended or not over):
            yield f"{unit.id:<32} {unit.name}{_days_of(unit)}"


def _days_of(unit: Unit) -> str:
    days = "".join(f" {word} {day}" for word, day in (("from", unit.since), ("until", unit.until)) if day)
    return f"{days} merged into {unit.into}" if unit.into else days


def _told(region: Region) -> str:
    rules = (("goal", region.goal_days), ("reply window", region.reply_days))
    days = "".join(f", {word} {days} days" for word, days in rules if days is not None)
    said = "".join(f", {one.slot} in {one.language}" for one in region.texts)
    return f"{region.code}  {region.name}: {region.board.name if region.board else 'no board'}{days}{said}"
