"""The nouns of the directory. Values only; they are kept in tables, and a file of them can be taken in."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

UnitId = str
"""HSA-id, as `SE0000000001-VCEKBACKEN`. A patient board's desk has one too."""
ProviderId = str
RegionCode = str
"""County code, as `01`; fictional regions have codes that no county has."""

LEVELS = ("provider", "area", "clinic", "unit")
"""From the whole care provider down to the reception where one meets the staff (domain: levels and naming)."""


class Level(StrEnum):
    """How large a part of a care provider a unit is."""

    PROVIDER = "provider"
    AREA = "area"
    CLINIC = "clinic"
    UNIT = "unit"

    @property
    def depth(self) -> int:
        """0 for the whole care provider, 3 for a single reception."""
        return LEVELS.index(self)


class Connection(StrEnum):
    """Whether cases can be sent to a unit here."""

    CONNECTED = "connected"
    NOT_CONNECTED = "not_connected"
    EXTERNAL = "external"
    """The unit handles its cases in a system of its own."""
    NOT_OPEN = "not_open"
    """Its first day is still to come. Follows from the day, and is never kept."""
    ENDED = "ended"
    """Its last day has passed. Follows from the day, and is never kept."""


class Ownership(StrEnum):
    """Who owns a care provider."""

    PUBLIC = "public"
    PRIVATE = "private"


class Channel(StrEnum):
    """A way to complain beside this service."""

    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"
    WEBSITE = "website"
    NATIONAL = "1177"


class ContactWay(Struct, frozen=True, omit_defaults=True):
    """One other way to complain. Without an address: it is told on the region's website and on 1177.se."""

    channel: Channel
    address: str = ""


class OpenHours(Struct, frozen=True, omit_defaults=True):
    """When somebody is there: weekdays 1 (Monday) to 7, clock times as `08.00`."""

    first_day: int
    last_day: int
    opens: str
    closes: str


class BoardInfo(Struct, frozen=True, omit_defaults=True):
    """A region's patient board. `desk` is its unit here, if it receives cases here."""

    name: str
    desk: UnitId | None = None
    register_prefix: str = ""


class RegionText(Struct, frozen=True):
    """Something that a region says to people in its own words, in one language."""

    slot: str
    """Where it is said; the places are in `inbox.directory.words`."""
    language: str
    text: str


class Region(Struct, frozen=True, omit_defaults=True):
    """A region, open here or not yet."""

    code: RegionCode
    name: str
    org_no: str
    open: bool = False
    board: BoardInfo | None = None
    ways: tuple[ContactWay, ...] = ()
    """Other ways to reach the region's patient board."""
    fictional: bool = False
    goal_days: int | None = None
    """Days to the goal of an answer; None follows the installation's setting."""
    reply_days: int | None = None
    """Days in which one can ask on after an answer; None follows the installation's setting."""
    texts: tuple[RegionText, ...] = ()

    def text(self, slot: str, language: str) -> str:
        """What the region says there, in the language or else in Swedish; empty where it says nothing."""
        found = {text.language: text.text for text in self.texts if text.slot == slot}
        return found.get(language) or found.get("sv", "")


class CareProvider(Struct, frozen=True, omit_defaults=True):
    """The legal person behind units: what stays within it may be moved without a new register entry."""

    id: ProviderId
    name: str
    org_no: str
    ownership: Ownership
    register_prefix: str
    until: date | None = None
    """The last day; None where no end is known."""


class Unit(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Where care is given and cases are answered, on one of four levels; or the desk of a patient board."""

    id: UnitId
    name: str
    level: Level
    kind: str
    """What people would call it; the codes are in `inbox.directory.words`. `board` is a patient board's desk."""
    region: RegionCode
    provider: ProviderId | None = None
    """None for a patient board's desk: a board is an authority of its own."""
    parent: UnitId | None = None
    connection: Connection = Connection.CONNECTED
    area: str = ""
    """Code of the area of activity, as in the boards' statistics."""
    town: str = ""
    municipality: str = ""
    street: str = ""
    postal_code: str = ""
    phone: str = ""
    hours: tuple[OpenHours, ...] = ()
    other_names: tuple[str, ...] = ()
    """Former names and what people say."""
    abbreviations: tuple[str, ...] = ()
    goal_days: int | None = None
    """Own goal for an answer; None follows the region's."""
    feigned: bool = True
    """Not in the real catalogue (HSA has the same mark)."""
    since: date | None = None
    """The first day; None where it is not known."""
    until: date | None = None
    """The last day; None where no end is known. A unit that has ended is kept."""
    into: UnitId | None = None
    """The unit that it was merged into."""

    @property
    def connected(self) -> bool:
        """Whether cases can be sent here."""
        return self.connection is Connection.CONNECTED

    @property
    def is_board(self) -> bool:
        """Whether this is the desk of a patient board."""
        return self.kind == BOARD


class Former(Struct, frozen=True):
    """What a unit was called until some moment."""

    name: str
    until: datetime


BOARD = "board"
