"""A seat at a party of a case: what it is for, what it opens, and until when."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from inbox.principals.principal import CodeHolder, Individual

SeatId = str
"""Unique within a case: `s1`, `s2` … in the order in which they were opened."""
Holder = Individual | CodeHolder
"""Who may sit on a seat: a person, or whoever holds a code."""

FIRST_SEAT: SeatId = "s1"
"""The seat of whoever filed the case."""


class SeatKind(StrEnum):
    """What somebody sits there as. An authority's seats are the roles that people hold there: they have no rows."""

    PATIENT = "patient"
    REPORTER = "reporter"
    """Somebody who is not the patient and acts in their own name."""
    GUARDIAN = "guardian"
    PROXY = "proxy"


class Right(StrEnum):
    """What a seat opens."""

    READ = "read"
    WRITE = "write"
    DECIDE = "decide"
    """About consents, and whether to go on with the case."""


RIGHTS = frozenset(Right)


class Seat(Struct, frozen=True):
    """Who sits where. Kept apart from the case's events, so that no event needs to know who it was."""

    id: SeatId
    party: str
    kind: SeatKind
    holder: Holder
    name: str
    """Empty for whoever is known by a code alone."""
    rights: frozenset[Right] = RIGHTS
    until: datetime | None = None
    """From this moment on it opens nothing."""

    def stands(self, now: datetime) -> bool:
        """Whether it opens anything at that moment."""
        return self.until is None or now < self.until


def seat_of(seats: Iterable[Seat], id: SeatId | None) -> Seat | None:
    """The seat with that id."""
    return next((seat for seat in seats if seat.id == id), None)
