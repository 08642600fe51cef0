"""The newest seals, signed, in a file apart from the database: what is cut off at the end is found by it.

A line each time there is something new. Whoever can write the database and not this file cannot make history anew.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from os import fsync
from pathlib import Path

import msgspec
from msgspec import Struct

from inbox.storage.encryption.keyring import KeyId, Keyring
from inbox.storage.sealing.sealed import Head

FIRST_LOOK = 64 * 1024
"""Bytes at the end of the file in which the last line is looked for."""


class Heads(Struct, frozen=True):
    """What the newest seals were at a moment."""

    at: datetime
    events: Head
    looks: Head
    key: KeyId
    signature: str = ""


def signed(heads: Heads, keyring: Keyring) -> Heads:
    """The same with the signature of its key."""
    return msgspec.structs.replace(heads, signature=keyring.sign(heads.key, _text(heads)))


def is_ours(heads: Heads, keyring: Keyring) -> bool:
    """Whether it is signed with its key. Raises MissingKey."""
    return keyring.is_signed(heads.key, _text(heads), heads.signature)


def _text(heads: Heads) -> str:
    return msgspec.json.encode(msgspec.structs.replace(heads, signature="")).decode()


class HeadsFile:
    """The file in which they are kept, one line after the other."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def every(self) -> Iterator[tuple[int, Heads]]:
        """Each line with its number; one that was cut by a crash is left out."""
        try:
            with self.path.open("rb") as file:
                yield from _read(file)
        except FileNotFoundError:
            return

    def last(self) -> Heads | None:
        """The last whole line; None if there is none."""
        try:
            with self.path.open("rb") as file:
                file.seek(max(0, self.path.stat().st_size - FIRST_LOOK))
                return next((heads for _, heads in reversed(list(_read(file)))), None)
        except FileNotFoundError:
            return None

    def add(self, heads: Heads) -> None:
        """One more line, on disk when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab", buffering=0) as file:
            # After a line that was cut by a crash.
            file.write(b"\n" + msgspec.json.encode(heads) + b"\n")
            fsync(file.fileno())


def _read(lines: Iterable[bytes]) -> Iterator[tuple[int, Heads]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line, type=Heads)
        except msgspec.MsgspecError:
            continue
