"""The versions of one dialog. Values only; nothing here waits or writes."""

from enum import StrEnum

from msgspec import Struct


class Status(StrEnum):
    """How far a version has come. It never goes back."""

    DRAFT = "draft"
    """Nobody is asked by it; it may still be stored anew."""
    PUBLISHED = "published"
    """The newest of these is what new drafts begin with. Its content never changes."""
    RETIRED = "retired"
    """Nothing new begins with it; what has begun goes on."""


class Definition(Struct, frozen=True):
    """One version."""

    number: int
    status: Status
    content: str
    """The whole definition with its words, as JSON."""


class Definitions(Struct, frozen=True):
    """A dialog's versions, as they stand after `version` events."""

    name: str
    version: int = 0
    held: tuple[Definition, ...] = ()
    """By number."""

    def at(self, number: int) -> Definition | None:
        """The version with this number."""
        return next((each for each in self.held if each.number == number), None)

    def published(self) -> tuple[int, ...]:
        """The numbers that may be begun with."""
        return tuple(each.number for each in self.held if each.status is Status.PUBLISHED)
