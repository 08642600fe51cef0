"""What templates draw (web/templates/README.md lists it by page). Words only: nothing here is decided."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Side = Literal["reporter", "care", "board"]
"""Whose colour it has."""
FileKind = Literal["image", "pdf"]
Progress = Literal["done", "now", "next"]


class Problem(Struct, frozen=True):
    """What is wrong with a form. The field is its id on the page; empty for the form as a whole."""

    field: str
    text: str


class CaseView(Struct, frozen=True, kw_only=True):
    """A case, as the head of a page."""

    id: str
    url: str
    title: str
    number: str
    unit: str
    head: int
    """Newest number of the viewer's feed."""
    desk_head: int = 0
    """Newest number of the viewer's own desk; 0 for citizens."""
    read_to: int = 0
    """How far the viewer's side has read."""
    side: Side = "reporter"
    """The viewer's own."""
    three: bool = False
    """Whether it matters to whom something is said."""


class Mark(Struct, frozen=True):
    """To whom something was said: an icon, words and a colour."""

    code: str
    icon: str
    words: str
    tone: str


class FileView(Struct, frozen=True):
    """An attachment."""

    id: str
    url: str
    name: str
    kind: FileKind
    size: int
    preview: tuple[int, int] | None = None
    """Width and height of its small picture."""
    locked: bool = False
    """Whether it is a document that asks for a password or a certificate."""


class Link(Struct, frozen=True):
    """Where to go from a line."""

    url: str
    label: str


class QuestionAnswered(Struct, frozen=True):
    """One question of the guided chat, with its answer."""

    question: str
    lines: tuple[str, ...]


class Message(Struct, frozen=True, kw_only=True):
    """Something that was said."""

    n: int
    at: datetime
    own: bool
    author: str
    role: str
    side: Side
    text: str
    type: Literal["message"] = "message"
    files: tuple[FileView, ...] = ()
    foot: str = ""
    """Who has read it."""
    client_id: str = ""
    to: tuple[str, ...] = ()
    """Of an own one: the kinds of the other parties that got it. Nobody else's mark says that it was read."""
    asks: bool = False
    answers: tuple[QuestionAnswered, ...] = ()
    unanswered: bool = False
    kicker: str = ""
    """What it is, if it is more than a message."""
    audience: Mark | None = None
    """To whom it was said, where that is not plain."""


class Line(Struct, frozen=True, kw_only=True):
    """Something that happened, in a sentence."""

    n: int
    at: datetime
    icon: str
    text: str
    type: Literal["event"] = "event"
    quote: str = ""
    link: Link | None = None
    answer: bool = False
    """The final answer has come."""


class NoteView(Struct, frozen=True, kw_only=True):
    """What a colleague wrote to colleagues. Its number is the desk's, not the party's."""

    n: int
    at: datetime
    author: str
    text: str
    type: Literal["note"] = "note"
    client_id: str = ""


class SharedView(Struct, frozen=True):
    """A message that was shared: a copy."""

    at: datetime
    author: str
    side: Side
    text: str
    files: tuple[FileView, ...]


class ManifestView(Struct, frozen=True, kw_only=True):
    """What an authority that joined was given to read: the beginning of its thread."""

    n: int
    at: datetime
    heading: str
    story: str
    answers: tuple[QuestionAnswered, ...]
    files: tuple[FileView, ...]
    messages: tuple[SharedView, ...]
    lacking: tuple[str, ...]
    """What was not shared, by kind; never how much."""
    type: Literal["manifest"] = "manifest"


Row = Message | Line | NoteView | ManifestView


class Reader(Struct, frozen=True):
    """Somebody who takes part."""

    name: str
    role: str
    side: Side


class StageView(Struct, frozen=True):
    """One of the four stages."""

    name: str
    state: Progress
    detail: str


class StatusView(Struct, frozen=True):
    """What happens now, by when, and how far the case has come."""

    now: str
    goal: date | None
    stages: tuple[StageView, ...]


class MeasureView(Struct, frozen=True):
    """What is done so that it does not happen again."""

    text: str
    responsible: str
    due: date | None


class AnswerView(Struct, frozen=True, kw_only=True):
    """The final answer."""

    author: str
    side: Side
    number: str
    """In the register of whoever answered."""
    at: datetime
    days: int
    explanation: str
    measures: tuple[MeasureView, ...]
    no_measures: str
    regret: str
