"""What a reaction is: a name, the kinds of events it waits for, and what it does with them in our own database."""

from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage.reacting.counts import Counts
from inbox.storage.reacting.events import Happened

Work = Callable[[AsyncConnection, Sequence[Happened]], Awaitable[None]]


class Reaction(Struct, frozen=True):
    """Something that follows from events, soon after they are committed.

    Its work and how far it has come are committed together: it touches nothing but the connection it is given, so that
    what it does is done once. It makes no events: it would follow from itself without end, and is put aside for it, as
    `MadeEvents`. What shall reach the world outside it puts in the outbox. It may see an event late, after others of
    the same case, where it failed before.
    """

    name: str
    """Kept with how far it has come: another name is another reaction."""
    work: Work
    """Given events in order, one or many at a time."""
    kinds: frozenset[str] | None = None
    """What it waits for; None: everything."""
    from_now: bool = False
    """Whether what happened before it was thought of is left alone."""
    counts: Counts | None = None
    """What it fills, where that can be made anew from the first event on."""
    clear: Callable[[AsyncConnection], Awaitable[None]] | None = None
    """Begins at nothing, where it fills something else that can be made anew from the first event on."""


def counting(name: str, counts: Counts) -> Reaction:
    """A reaction that counts."""
    return Reaction(name, counts.add, counts=counts, clear=counts.clear)
