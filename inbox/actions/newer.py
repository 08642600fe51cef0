"""Whether somebody else has written since the writer looked: a reply should not pass by what it answers."""

from collections.abc import Iterable

from inbox.cases.errors import NewerMessage
from inbox.cases.events import CaseAnswered, CaseReopened, Envelope, MessagePosted, Recorded
from inbox.cases.model import Actor


def check_seen(since: Iterable[Recorded], actor: Actor) -> None:
    """Return if nobody else has said anything in what came since; NewerMessage otherwise."""
    if any(_speaks(item) and not _mine(item.envelope, actor) for item in since):
        raise NewerMessage


def _speaks(item: Recorded) -> bool:
    return isinstance(item.event, MessagePosted | CaseReopened | CaseAnswered)


def _mine(envelope: Envelope, actor: Actor) -> bool:
    """Whether the actor wrote it in person, from the same seat or at the same unit."""
    here = (envelope.by, envelope.unit, envelope.seat) == (actor.party, actor.unit, actor.seat)
    return here and envelope.person == actor.staff
