"""What has happened in a case, for telling it. Who may hear of it is asked by whoever tells."""

from collections.abc import Iterable

from msgspec import Struct

from inbox.cases.events import Recorded
from inbox.cases.model import Case, CaseId, FeedId
from inbox.cases.views import Details
from inbox.principals.seat import Seat
from inbox.storage import cases, feeds
from inbox.storage.encryption.details import details_of as kept_details_of
from inbox.storage.encryption.details import named_in
from inbox.storage.engine.store import Store


class EventBatch(Struct, frozen=True):
    """Some events of a case, the oldest first, with the case as it stands now."""

    case: Case
    seats: tuple[Seat, ...]
    rows: tuple[tuple[FeedId, int, Recorded], ...]
    """Feed, number, event: what to tell whom."""
    last: int
    """Order, within the case, of the newest event in it."""


async def batch_of(store: Store, id: CaseId, first: int) -> EventBatch | None:
    """What has happened from event number `first` until now; None if nothing has."""
    async with store.reading() as connection:
        found = await cases.load_seated(connection, id)
        if found is None or found[0].version < first:
            return None
        rows = await feeds.rows_since(connection, id, first)
        return EventBatch(*found, tuple(rows), found[0].version)


async def details_of(store: Store, recorded: Iterable[Recorded]) -> Details:
    """The private answers that the events name, by their id; nothing is asked where they name none."""
    events = [item.event for item in recorded]
    if not named_in(events):
        return {}
    async with store.reading() as connection:
        return await kept_details_of(connection, events)


async def as_it_stands(store: Store, id: CaseId) -> tuple[Case, tuple[Seat, ...]] | None:
    """The case and its seats now, for checking somebody's standing; None if there is none."""
    async with store.reading() as connection:
        return await cases.load_seated(connection, id)
