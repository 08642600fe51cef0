"""Definitions from `definitions/<name>/<version>/`: the rules in one file, the words of each language beside.

A draft is pinned to the version it began with, so old versions stay.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from dialogs.checks.problems import Problem, problems
from dialogs.schema.model import Dialog, Words

DEFINITIONS = Path(__file__).parent / "definitions"


class BrokenDialog(Exception):
    """The definition cannot be used. Says everything that is wrong with it."""

    code = "broken_dialog"

    def __init__(self, name: str, found: tuple[Problem, ...]) -> None:
        super().__init__(f"{name}: " + "; ".join(f"{problem.code} at {problem.where}" for problem in found))
        self.name = name
        self.problems = found


class NoSuchDialog(LookupError):
    """There is no definition with this name or version."""

    code = "no_such_dialog"


def load(name: str, version: int = 0) -> Dialog:
    """A definition that has been checked. Without a version: the newest."""
    return _load(DEFINITIONS, name, version or max(versions(name)))


def names() -> tuple[str, ...]:
    """The dialogs there are."""
    return tuple(sorted(folder.name for folder in DEFINITIONS.iterdir() if folder.is_dir()))


def versions(name: str) -> tuple[int, ...]:
    """The versions of a dialog, oldest first."""
    if name not in names():
        raise NoSuchDialog(name)
    return tuple(sorted(int(folder.name) for folder in (DEFINITIONS / name).iterdir() if folder.name.isdigit()))


def load_from(folder: Path, name: str, version: int) -> Dialog:
    """A definition from another folder, checked in the same way."""
    return _load(folder, name, version)


@cache
def _load(folder: Path, name: str, version: int) -> Dialog:
    dialog = read_folder(folder / name / str(version), name)
    found = problems(dialog)
    if found:
        raise BrokenDialog(name, found)
    return dialog


def read_folder(folder: Path, name: str = "") -> Dialog:
    """The parts put together, not checked. Raises BrokenDialog for one of another shape, and NoSuchDialog."""
    if not (folder / "dialog.toml").is_file():
        raise NoSuchDialog(f"{name}/{folder.name}")
    file = folder / "dialog.toml"
    try:
        dialog = msgspec.toml.decode(file.read_bytes(), type=Dialog)
        words: dict[str, Words] = {}
        for language in dialog.languages:
            file = folder / f"{language}.toml"
            if file.is_file():
                words[language] = msgspec.toml.decode(file.read_bytes(), type=Words)
    except msgspec.DecodeError as error:
        raise BrokenDialog(name, (Problem("bad_shape", file.name, str(error)),)) from error
    return msgspec.structs.replace(dialog, words=words)
