"""Versions of dialogs on the terminal, also while the service runs: every process sees them within two seconds."""

import argparse
from pathlib import Path

from dialogs.checks.problems import problems
from dialogs.errors import Refused
from dialogs.load import BrokenDialog, NoSuchDialog, read_folder
from dialogs.schema.model import Dialog
from inbox.administration.definitions.commands import (
    AnyDialogCommand,
    PublishDefinition,
    RetireDefinition,
    StoreDefinition,
)
from inbox.administration.definitions.decide import written
from inbox.administration.definitions.errors import BrokenDefinition
from inbox.administration.definitions.model import Definitions
from inbox.execution.dialog_versions import DialogOutcome, dialog_versions
from inbox.storage import definitions
from inbox.storage.engine.store import Store
from server.app import real_clock, real_id
from server.config import Settings
from server.roles import NotDone, in_words, with_store


def show(settings: Settings) -> None:
    """Print every dialog with its versions, and how far each has come."""

    async def everything(store: Store) -> list[Definitions]:
        async with store.reading() as connection:
            return [
                await definitions.load_definitions(connection, name) for name in await definitions.names(connection)
            ]

    for dialog in with_store(settings, everything):
        _print(dialog)


def bring(settings: Settings, folder: Path) -> None:
    """Store the definition in a folder (`dialog.toml` and a file for each language) as a draft. Raises NotDone."""
    dialog = _read(folder)
    command = StoreDefinition(dialog=dialog.id, number=dialog.version, client_id=real_id(), content=written(dialog))
    _carry_out(settings, command)
    _say_what_is_wrong(dialog)


def publish(settings: Settings, name: str, number: int) -> None:
    """Let new drafts begin with a stored version. Raises NotDone, with a line for each thing that is wrong with it."""
    _carry_out(settings, PublishDefinition(dialog=name, number=number, client_id=real_id()))


def retire(settings: Settings, name: str, number: int) -> None:
    """Let nothing new begin with a version; what has begun goes on. Raises NotDone."""
    _carry_out(settings, RetireDefinition(dialog=name, number=number, client_id=real_id()))


def ask_for(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("what", nargs="?", choices=("list", "import", "publish", "retire"), default="list")
    parser.add_argument("name", nargs="?", default="", help="the dialog; for import, the folder of a definition")
    parser.add_argument("number", nargs="?", type=int, default=0, help="the version")


def do(settings: Settings, asked: argparse.Namespace) -> None:
    """Carry the command out. Raises NotDone."""
    match asked.what:
        case "list":
            show(settings)
        case "import":
            bring(settings, Path(asked.name))
        case "publish":
            publish(settings, asked.name, asked.number)
        case _:
            retire(settings, asked.name, asked.number)


def _read(folder: Path) -> Dialog:
    try:
        return read_folder(folder)
    except (BrokenDialog, NoSuchDialog) as broken:
        raise NotDone(f"{folder}: {broken}") from None


def _carry_out(settings: Settings, command: AnyDialogCommand) -> None:
    async def done(store: Store) -> DialogOutcome:
        return await dialog_versions(store, real_clock, real_id).carry_out(command, None)

    try:
        outcome = with_store(settings, done)
    except BrokenDefinition as broken:
        lines = [f"  {problem.code} at {problem.where} {problem.detail}".rstrip() for problem in broken.problems]
        raise NotDone("\n".join([in_words(broken), *lines])) from None
    except Refused as refusal:
        raise NotDone(in_words(refusal)) from None
    print("Done." if outcome.recorded else "It was so already.")
    _print(outcome.definitions)


def _say_what_is_wrong(dialog: Dialog) -> None:
    for problem in problems(dialog):
        print(f"  not ready: {problem.code} at {problem.where} {problem.detail}".rstrip())


def _print(dialog: Definitions) -> None:
    newest = max(dialog.published(), default=0)
    for held in dialog.held:
        asked = ", asked by now" if held.number == newest else ""
        print(f"{dialog.name}/{held.number}  {held.status.value}{asked}")
