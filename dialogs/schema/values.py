"""Answers: one frozen value per step. They survive JSON unchanged, and know which choices conditions may read."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date

import msgspec
from msgspec import Struct


class One(Struct, frozen=True, tag="one"):
    """One choice was picked."""

    choice: str

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return (self.choice,)


class Several(Struct, frozen=True, tag="several"):
    """Some choices were picked, in the order in which they are offered."""

    choices: tuple[str, ...]

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return self.choices


class Text(Struct, frozen=True, tag="text"):
    """Words of one's own."""

    text: str

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see: never the words."""
        return ("text",)


class When(Struct, frozen=True, tag="when"):
    """A day (first and last are the same), a period, or neither: the person does not know."""

    first: date | None = None
    last: date | None = None

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        if self.first is None:
            return ("unknown",)
        return ("date",) if self.first == self.last else ("period",)


class Place(Struct, frozen=True, tag="place"):
    """A unit of the directory, or the place in the person's own words."""

    unit: str = ""
    text: str = ""

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return ("unit",) if self.unit else ("text",)


class Files(Struct, frozen=True, tag="files"):
    """Files that were sent in, by id."""

    ids: tuple[str, ...]

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return ("files",)


class Person(Struct, frozen=True, tag="person"):
    """The patient, when that is somebody else."""

    name: str
    birth_year: int

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see: never who it is."""
        return ("person",)


class Phone(Struct, frozen=True, tag="phone"):
    """A number to call."""

    number: str

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return ("phone",)


class Address(Struct, frozen=True, tag="address"):
    """Where a letter should go."""

    street: str
    postcode: str
    town: str

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return ("address",)


class Consent(Struct, frozen=True, tag="consent"):
    """Yes or no to something that needs a yes."""

    given: bool

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return ("yes",) if self.given else ("no",)


class Seen(Struct, frozen=True, tag="seen"):
    """A note was read, or a way out was passed by."""

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see."""
        return ("seen",)


class Skipped(Struct, frozen=True, tag="skipped"):
    """An optional question was left without an answer."""

    @property
    def picked(self) -> tuple[str, ...]:
        """What conditions see: nothing."""
        return ()


Value = One | Several | Text | When | Place | Files | Person | Phone | Address | Consent | Seen | Skipped
Answers = Mapping[str, Value]


class DialogContext(Struct, frozen=True, kw_only=True):
    """What the server knows that the answers do not say. The yes-or-no fields may be read by conditions.

    Made anew for each request: `unit_receives` and `board_receives` follow from the place in the answers.
    """

    today: date
    units: Container[str] = frozenset()
    """Ids of the units that can be picked as a place."""
    files: Container[str] = frozenset()
    """Ids of the files that hang on this draft."""
    unit_receives: bool = False
    """The place is a unit that takes cases here."""
    board_receives: bool = False
    """The place's region has a board that takes cases here. For a place in free text: this region's board."""
    age_known: bool = False
    sex_known: bool = False


def encode_answers(answers: Answers) -> bytes:
    """The answers as JSON, the same bytes for the same answers."""
    return msgspec.json.encode(answers, order="deterministic")


def decode_answers(data: bytes | str) -> dict[str, Value]:
    """The answers back from JSON."""
    return msgspec.json.decode(data, type=dict[str, Value])
