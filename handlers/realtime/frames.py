"""What is pushed beside entries, as it goes over the wire."""

from typing import ClassVar

import msgspec
from msgspec import Struct


class Frame(Struct, frozen=True, omit_defaults=True):
    """Something that is told, under the name of its event."""

    event: ClassVar[str]


class Read(Frame, frozen=True):
    """How far others have read, in the receiver's numbers; after `watch` as it stands.

    `name` is the unit that read; there is none for the reporter.
    """

    event: ClassVar[str] = "read"
    case: str
    kind: str
    n: int
    at: str
    name: str = ""


class Somebody(Struct, frozen=True, order=True):
    """Who it is, as far as the receiver may know."""

    kind: str
    name: str


class Presence(Frame, frozen=True):
    """Who else has it open, as `{kind, name}`; `name` is empty but for colleagues."""

    event: ClassVar[str] = "presence"
    case: str
    here: tuple[Somebody, ...]


class Typing(Frame, frozen=True):
    """Somebody writes, or stopped. Hold it for gone after half a minute."""

    event: ClassVar[str] = "typing"
    case: str
    on: bool
    kind: str
    name: str


class Lists(Frame, frozen=True):
    """The queue or the home page may look different. Fetch it anew."""

    event: ClassVar[str] = "lists"


class Gone(Frame, frozen=True):
    """The case is no longer yours."""

    event: ClassVar[str] = "gone"
    case: str


FRAMES: tuple[type[Frame], ...] = (Read, Presence, Typing, Lists, Gone)


def encoded(event: str, data: object) -> str:
    """A frame's name and contents as JSON: made once, however many get it."""
    return msgspec.json.encode((event, data)).decode()
