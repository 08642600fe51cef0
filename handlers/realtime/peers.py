"""What processes of one service tell each other: ids and numbers, never anything that people wrote."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from inbox.cases.model import Actor, CaseId, FeedId, PartyId, PersonId
from inbox.principals.principal import Who


class PeerMessage(Struct, frozen=True, tag_field="of"):
    """Base of all that is told."""


class Happened(PeerMessage, frozen=True, tag="happened"):
    """The case has new events, up to `last`. What they are is read from the database."""

    case: CaseId
    first: int
    last: int


class HasRead(PeerMessage, frozen=True, tag="has_read"):
    """A party has read further: in the others' own numbers."""

    case: CaseId
    by: Actor
    marks: dict[PartyId, int]
    at: str


class Writes(PeerMessage, frozen=True, tag="writes"):
    """Somebody writes a message to these parties, or stopped."""

    case: CaseId
    by: Actor
    feeds: tuple[FeedId, ...]
    on: bool


class Here(PeerMessage, frozen=True, tag="here"):
    """Who has which of these cases open at the process that tells."""

    process: str
    people: dict[CaseId, tuple[Who, ...]]


class SessionEnded(PeerMessage, frozen=True, tag="session_ended"):
    """Somebody signed out: the hash of the session's secret."""

    session: str


class PersonChanged(PeerMessage, frozen=True, tag="person_changed"):
    """Somebody's roles are not what they were."""

    person: PersonId


AnyWord = Happened | HasRead | Writes | Here | SessionEnded | PersonChanged


class Peers(Protocol):
    """The other processes."""

    def tell(self, word: AnyWord) -> None:
        """Tell them. Never waits, and is lost when they cannot be reached."""

    async def heard(self) -> None:
        """Return when they have done what they were told so far, or do not answer for long."""

    def on_word(self, hear: Callable[[AnyWord], None]) -> None:
        """Call `hear` with what they tell."""


class NoPeers:
    """There are no others."""

    def tell(self, word: AnyWord) -> None:
        """Nobody hears it."""

    async def heard(self) -> None:
        """Nobody has to."""

    def on_word(self, hear: Callable[[AnyWord], None]) -> None:
        """Nobody tells."""
