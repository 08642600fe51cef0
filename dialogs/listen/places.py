"""The places that a story may name. Whoever knows a directory makes one of these: dialogs know none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct


class Known(Struct, frozen=True):
    """A place of a directory, as far as listening needs it."""

    id: str
    names: tuple[str, ...]
    """All that it is called, its name first."""
    kind: str
    """As in the directory: `health_centre`, `emergency`, `ward`, …"""
    level: str = "unit"
    """`provider`, `area`, `clinic` or `unit`."""
    town: str = ""
    part_of: tuple[str, ...] = ()
    """The ids of what it is part of, the nearest first."""


class Places(Protocol):
    """A directory that can be listened for. It is read once: a changed directory is another object."""

    @property
    def known(self) -> Sequence[Known]:
        """All places."""

    def __hash__(self) -> int:
        """By what it is, and not by all its places."""


class NoPlaces:
    """A directory with nothing in it."""

    known: Sequence[Known] = ()
