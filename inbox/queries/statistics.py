"""What has been counted, by scope and time. No case is looked at."""

from collections.abc import Collection
from datetime import date, datetime

from inbox.statistics.fact import Fact
from inbox.storage.engine.store import Store
from inbox.storage.statistics import facts
from inbox.storage.statistics.figures import Counted, figures


class Statistics:
    """Asks the tables of how many. Made once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def counted(
        self,
        side: str,
        scopes: Collection[str],
        first: str,
        last: str,
        by_month: Collection[str] = (),
        dimensions: Collection[str] = (),
    ) -> list[Counted]:
        """Every cell from one month to another, both as `2026-11`, or of those dimensions; some month by month too."""
        async with self._store.reading() as connection:
            return await figures(connection, side, scopes, (first, last), by_month, dimensions)

    async def as_of(self, side: str, region: str, first: date, last: date, moment: datetime) -> list[Fact]:
        """What was counted at a moment, of what arrived at a region within some days; in a fixed order."""
        async with self._store.reading() as connection:
            return await facts.as_of(connection, side, region, first, last, moment)
