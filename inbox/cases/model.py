"""The nouns: a case, its parties, and one authority's handling of it. Values only; nothing here waits or writes."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from inbox.principals.principal import SERVICE, Citizen, Employee, Individual, Principal, Who
from inbox.principals.seat import FIRST_SEAT, Right, SeatId

CaseId = str
"""UUIDv7 as text. A case keeps the id of the draft it was sent from, so sending twice gives the same case."""
PartyId = str
"""Unique within a case: `reporter`, `patient`, or `a1`, `a2` … for authorities in the order they came."""
RegistrationId = str
"""Unique within a case: `r1`, `r2` …"""
FeedId = str
"""A party's id, or a desk's: `r1@<unit id>`. See `desk_of`."""
PersonId = str
CaseTypeId = str
"""One of `inbox/cases/case_types/types.toml`, as `complaint`; in what another release wrote maybe its own."""
UnitId = str
"""HSA-id of a unit, or the id of a patient board's desk."""
EventId = str

REPORTER: PartyId = "reporter"
PATIENT: PartyId = "patient"
CITIZENS = (REPORTER, PATIENT)
"""The parties at which citizens sit; all others are authorities."""


class State(StrEnum):
    """Where one authority's handling stands. Moved only by `inbox.cases.lifecycle`."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    AWAITING_CITIZEN = "awaiting_citizen"
    AWAITING_STATEMENT = "awaiting_statement"
    HANDED_OVER = "handed_over"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"


OPEN = frozenset({State.RECEIVED, State.IN_PROGRESS, State.AWAITING_CITIZEN, State.AWAITING_STATEMENT})
"""States in which somebody is expected to work."""


class PartyKind(StrEnum):
    """What a seat in the case is for."""

    REPORTER = "reporter"
    PATIENT = "patient"
    PROVIDER = "provider"
    BOARD = "board"


class Role(StrEnum):
    """What somebody acts as. People hold roles at units and boards; the reporter's comes from a seat in the case."""

    REPORTER = "reporter"
    CASEWORKER = "caseworker"
    DISTRIBUTOR = "distributor"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Relation(StrEnum):
    """What the reporter is to the patient (domain: who may complain)."""

    SELF = "self"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    PROXY = "proxy"
    BEREAVED = "bereaved"


class Party(Struct, frozen=True):
    """A seat in a case, not a person: it exists also when nobody knows who sits on it."""

    id: PartyId
    kind: PartyKind
    authority: str | None = None
    """Directory id of the care provider or board; None for the reporter and the patient."""
    answers: bool = True
    """Whether the reporter's answers, and so the title, were shared with this party."""
    left: datetime | None = None
    """Since when it takes no part any more: nothing is addressed to it, and nobody has standing as it."""


class Registration(Struct, frozen=True):
    """One authority's handling of a case."""

    id: RegistrationId
    party: PartyId
    number: str
    """Register number, as `PN 2026-00123`: one series per authority and year."""
    owner: UnitId
    state: State
    received_at: datetime
    goal: date | None = None
    """A configured goal, not a legal limit; None where the type has none.

    Set on first arrival, never restarted by forwarding.
    """
    handler: PersonId | None = None
    assessed: bool = False
    """Whether a written assessment of harm is kept, so that a reporter who is not the patient may be answered."""
    answer: EventId | None = None
    answered_at: datetime | None = None
    reply_until: datetime | None = None
    ended_at: datetime | None = None
    visited: tuple[UnitId, ...] = ()
    """Units that have owned it, oldest first."""


class Request(Struct, frozen=True):
    """A consent that the reporter was asked for and has not answered."""

    id: EventId
    to: UnitId
    by: PartyId


class Questions(Struct, frozen=True):
    """What the reporter was asked by a dialog, and has not answered."""

    id: EventId
    dialog: str
    """The definition, as `followup/1`."""
    by: PartyId


class Agreed(Struct, frozen=True):
    """What the reporter agreed to when filing: that the board shows this to the unit that the case is about."""

    id: EventId
    unit: UnitId
    files: tuple[str, ...]
    """Those that were sent with it. Her answers are always part of it, messages never: there were none."""


class Aside(Struct, frozen=True):
    """The newest words that a party has said or got were for some only: its next ones are for the same."""

    audience: str
    owed: bool
    """Whether somebody else spoke so to it, and it has not turned to everyone since."""


class SeatTime(Struct, frozen=True):
    """How long somebody sits at a citizen's party; who, and what it opens, is kept with the seat."""

    until: datetime | None = None
    """When it ends by itself."""
    ended: bool = False


class Case(Struct, frozen=True):
    """The shared thread, as it stands after `version` events."""

    id: CaseId
    version: int
    type: CaseTypeId
    dialog: str
    """The definition the answers were given to, as `complaint/1`."""
    language: str
    relation: Relation
    title: str
    """The reporter's own words. Never shown to distributors, never in the register."""
    themes: tuple[str, ...]
    """Sub problem codes that follow from the answers; a proposal for the classification."""
    submitted_at: datetime
    parties: tuple[Party, ...]
    registrations: tuple[Registration, ...]
    heads: dict[FeedId, int]
    """The newest number of each feed."""
    touched: dict[FeedId, datetime] = {}
    """When each feed last got something: what a party may know of the case's latest change."""
    place: UnitId | None = None
    place_text: str = ""
    """What the citizen wrote when the unit was not in the directory; kept also after `place` is set."""
    rated: str | None = None
    requests: tuple[Request, ...] = ()
    questions: tuple[Questions, ...] = ()
    agreed: Agreed | None = None
    """Nothing is shared by it yet; None also where it was taken back, and in cases of before it was kept."""
    aside: dict[PartyId, Aside] = {}
    """For each party that talks with some only, with whom."""
    seats: dict[SeatId, SeatTime] = {}
    """Those that were opened after the first, and the first once it has ended."""

    def registration(self, id: RegistrationId) -> Registration:
        """The registration with that id; KeyError if the case has none."""
        for registration in self.registrations:
            if registration.id == id:
                return registration
        raise KeyError(id)

    def party(self, id: PartyId) -> Party:
        """The party with that id; KeyError if the case has none."""
        for party in self.parties:
            if party.id == id:
                return party
        raise KeyError(id)


def desk_of(registration: Registration) -> FeedId:
    """The feed of what is internal to one registration *and* unit: notes, and who was given the case."""
    return f"{registration.id}@{registration.owner}"


class Identity(Struct, frozen=True):
    """Who asks, in one capacity, with the roles that it opens anywhere. Not yet anybody in a particular case."""

    who: Who
    name: str
    """Empty for a principal that is no person."""
    grants: tuple["Grant", ...] = ()
    works: bool = False
    """Whether the person works in the service, whatever they are here as."""

    @property
    def principal(self) -> Principal:
        """Who it is."""
        return self.who.principal

    @property
    def staff(self) -> bool:
        """Whether they are here as staff."""
        return isinstance(self.who.capacity, Employee)

    @property
    def citizen(self) -> bool:
        """Whether they are here in their own matters."""
        return isinstance(self.who.capacity, Citizen)

    @property
    def person(self) -> PersonId | None:
        """The person's id; None for a principal that is none."""
        return self.who.person

    @property
    def key(self) -> str:
        """What their acts are counted by, and a browser's copies bound to: one for each side of somebody's life."""
        return f"{self.principal.key}:citizen" if self.works and self.citizen else self.principal.key


BY_ITSELF = Identity(SERVICE, "")
"""The service itself."""


class Grant(Struct, frozen=True):
    """A role held at a unit or at a board's desk."""

    role: Role
    unit: UnitId


class Actor(Struct, frozen=True):
    """Somebody's standing in one case: as what party, in what role, on which seat, or for which unit's registration."""

    role: Role
    party: PartyId | None
    principal: Principal
    unit: UnitId | None = None
    registration: RegistrationId | None = None
    seat: SeatId | None = None
    """A citizen's seat; staff have none, their role is it."""
    rights: frozenset[Right] = frozenset()
    """What the seat opens."""

    @property
    def sits(self) -> SeatId:
        """The seat whose marks and waiting files are theirs. The people of an authority share the first one there."""
        return self.seat or FIRST_SEAT

    @property
    def sender(self) -> str:
        """In whose name client ids are unique: the party; of another seat than its first, that; the service itself."""
        if self.party is None:
            return "system"
        return self.party if self.sits == FIRST_SEAT else f"{self.party}/{self.sits}"

    @property
    def staff(self) -> PersonId | None:
        """The member of staff who acts for a unit; None for everybody else."""
        return self.principal.id if self.unit and isinstance(self.principal, Individual) else None


SYSTEM = Actor(role=Role.SYSTEM, party=None, principal=SERVICE.principal)
"""The service itself: timers."""
