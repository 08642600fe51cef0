"""Giving and taking roles on the terminal, also while the service runs: it sees them within a second."""

import argparse
import asyncio
import getpass
from collections.abc import Awaitable, Callable
from typing import TypeVar

from dialogs.errors import Refused
from handlers.errors import sentence_of
from handlers.view.locale import in_sweden
from inbox.administration.commands import AnyStaffCommand, GrantRole, RevokeRole
from inbox.administration.directory.records import directory_on
from inbox.administration.model import Held
from inbox.cases.model import Role
from inbox.directory.current import CurrentDirectory
from inbox.directory.tree import Directory
from inbox.execution.staff_roles import StaffOutcome, staff_roles
from inbox.people.accounts import Accounts, UnknownPerson
from inbox.people.roster import Roster
from inbox.principals.personal_number import read_number
from inbox.storage import people
from inbox.storage.administration.directory import load_records
from inbox.storage.engine.store import Store
from inbox.storage.people import NumberTaken
from inbox.storage.signing_in.employees import IdTaken
from server.app import ROOT, real_clock, real_id, store_of
from server.config import Settings
from server.process.lifespan import unlock
from server.startup_error import StartupError
from server.web import languages

T = TypeVar("T")


class NotDone(StartupError):
    """The refusal, in words."""


def give(settings: Settings, asked: argparse.Namespace) -> None:
    """Give somebody a role, or change its days. Raises NotDone."""
    _carry_out(
        settings,
        GrantRole(
            person=asked.person,
            client_id=real_id(),
            role=Role(asked.role),
            unit=asked.unit,
            below=asked.below,
            since=asked.since,
            until=asked.until,
        ),
    )


def take(settings: Settings, asked: argparse.Namespace) -> None:
    """Take a role from somebody. Raises NotDone."""
    role = Role(asked.role)
    _carry_out(
        settings,
        RevokeRole(person=asked.person, client_id=real_id(), role=role, unit=asked.unit, until=asked.until),
    )


def show(settings: Settings) -> None:
    """Print who works in the service: id and name, and below them each role with its unit and days."""

    async def everybody(store: Store) -> tuple[dict[str, people.WithRoles], Directory]:
        async with store.reading() as connection:
            return await people.everybody_with_roles(connection), await _directory(store, settings)

    found, directory = with_store(settings, everybody)
    for id, one in found.items():
        print(f"{id}  {one.name}")
        for held in one.held:
            print(f"  {_told(held, directory)}")


def enrol(settings: Settings, asked: argparse.Namespace) -> None:
    """Let somebody sign in at work by their HSA-id, and print who they are here. Raises NotDone."""
    number = read_number(getpass.getpass("Personal number: ").strip()) if asked.number else None
    if asked.number and number is None:
        raise NotDone("That is no personal number.")

    async def done(store: Store) -> str:
        return await Accounts(store, real_id).enrol(asked.hsa_id, asked.name, person=asked.person, number=number)

    try:
        print(with_store(settings, done))
    except (IdTaken, NumberTaken):
        raise NotDone("Somebody else is known by that.") from None
    except UnknownPerson:
        raise NotDone("There is no such person. `python -m server people` lists them.") from None


def _carry_out(settings: Settings, command: AnyStaffCommand) -> None:
    async def done(store: Store) -> tuple[StaffOutcome, Directory]:
        directory = await _directory(store, settings)
        roster = Roster(CurrentDirectory(directory), lambda: in_sweden(real_clock()))
        return await staff_roles(store, roster, real_clock, real_id).carry_out(command, None), directory

    try:
        outcome, directory = with_store(settings, done)
    except Refused as refusal:
        raise NotDone(in_words(refusal)) from None
    print("Done." if outcome.recorded else "It was so already.")
    for held in outcome.staff.held:
        print(f"  {_told(held, directory)}")


async def _directory(store: Store, settings: Settings) -> Directory:
    async with store.reading() as connection:
        return directory_on(await load_records(connection), in_sweden(real_clock()), settings.region)


def with_store(settings: Settings, do: Callable[[Store], Awaitable[T]]) -> T:
    """What it gives, done with the database that the settings name. Raises NotDone where that is of another version."""
    return asyncio.run(_with(settings, do))


async def _with(settings: Settings, do: Callable[[Store], Awaitable[T]]) -> T:
    store = store_of(settings)
    if not await store.is_current():
        await store.close()
        raise NotDone("The database is of another version. Run `python -m server migrate` first.")
    store.start()
    try:
        await unlock(store)
        return await do(store)
    finally:
        await store.close()


def _told(held: Held, directory: Directory) -> str:
    unit = directory.find(held.unit)
    where = f"{held.unit} {unit.name if unit else '(not in the directory)'}"
    days = "".join(f" {word} {day}" for word, day in (("from", held.since), ("until", held.until)) if day)
    return f"{held.role.value} at {where}{' and below' if held.below else ''}{days}"


def in_words(refusal: Refused) -> str:
    """What people are told of it."""
    return sentence_of(refusal, languages.load(ROOT / "web" / "locales").catalogue("en"), "en")
