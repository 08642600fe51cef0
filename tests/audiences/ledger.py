"""Who may see what of a case, by the plain rules that people were told: apart from what the service goes by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from inbox.cases.model import Identity
from inbox.principals.principal import Principal
from inbox.principals.seat import Right

CARE, BOARD, REPORTER, PATIENT = "care", "board", "reporter", "patient"


@dataclass(frozen=True)
class Somebody:
    """Somebody who might look: at work at one desk, or in their own matters."""

    name: str
    identity: Identity
    region: str = ""
    desk: str = ""
    reads: bool = True
    """False for who only distributes."""


@dataclass
class Place:
    """Where somebody sits, with what it opens and until when."""

    holder: Principal
    party: str
    rights: frozenset[Right]
    until: datetime | None = None


@dataclass
class Ledger:
    """One case."""

    region: str
    unit: str
    """That handles it."""
    desk_of_board: str
    places: list[Place]
    sides: dict[str, set[str]] = field(default_factory=dict)
    """Of each canary; a note's is its desk."""
    said: list[str] = field(default_factory=list)
    """Messages to everyone, in their order."""
    begun: list[str] = field(default_factory=list)
    """What it began with."""
    statements: dict[str, str] = field(default_factory=dict)
    """The ids of those that were given and not released, by canary."""
    board: bool = False
    shared: set[str] = field(default_factory=set)
    """What the board knows: what was shared when it joined, and what was said to it since."""

    @property
    def citizens(self) -> set[str]:
        """The sides at which citizens sit."""
        return {REPORTER, *(place.party for place in self.places)}

    @property
    def everyone(self) -> set[str]:
        """Every side there is now."""
        return {*self.citizens, CARE, *([BOARD] if self.board else [])}

    def says(self, canary: str, sides: Iterable[str]) -> None:
        """It was said to these."""
        self.sides[canary] = set(sides)
        if self.board and BOARD in self.sides[canary]:
            self.shared.add(canary)

    def joins(self, shared: Iterable[str]) -> None:
        """The board knows this, and what comes."""
        self.board, self.shared = True, set(shared)

    def leaves(self) -> None:
        """The board is out, and comes back to another desk if it does."""
        self.board, self.shared = False, set()
        for sides in self.sides.values():
            sides.discard(self.desk_of_board)

    def place(self, who: Somebody, now: datetime) -> Place | None:
        """Where somebody sits now."""
        own = (one for one in self.places if one.holder == who.identity.principal)
        standing = (one for one in own if one.until is None or now < one.until)
        return next(standing, None)

    def here(self, who: Somebody, now: datetime) -> bool:
        """Whether there is such a case for somebody at all."""
        if who.identity.citizen:
            return self.place(who, now) is not None
        if any(place.holder == who.identity.principal for place in self.places):
            return False
        return who.desk == self.unit or (self.board and who.desk == self.desk_of_board)

    def may_see(self, who: Somebody, canary: str, now: datetime) -> bool:
        """Whether a text is theirs now."""
        if not self.here(who, now) or not who.reads:
            return False
        sides = self.sides[canary]
        if who.identity.citizen:
            place = self.place(who, now)
            return place is not None and Right.READ in place.rights and place.party in sides
        if who.desk == self.desk_of_board:
            return canary in self.shared or who.desk in sides
        return CARE in sides or who.desk in sides
