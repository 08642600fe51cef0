"""Up to which row nothing can come any more: several processes commit in another order than they count.

PostgreSQL gives out the rows of `event` one after the other, but whoever has got the lower one may commit later, or
never. A cursor that had passed it by then would have lost an event. So a gap is passed only when everybody has ended
who could fill it. Those have begun when the row above the gap is seen (the row's default sees to it, migration 0013).
Thus a transaction that begins after that has a higher number than each of them; and once all before it have ended,
what is not seen will never be.

Not by the transactions' own order: that may turn the events of a case round. Nor by a lock: nobody who writes waits.
"""

from collections.abc import Sequence


class Settled:
    """What was seen above a gap, until the gap is known to stay. For one reaction in one process."""

    def __init__(self) -> None:
        self._seen = 0
        self._seen_by = 0
        self._later: int | None = None
        """A transaction that began after that: its number is above all who could fill a gap below what was seen."""

    def up_to(self, after: int, rows: Sequence[int], own: int, oldest: int) -> int:
        """The last of the rows that can be done.

        They are all there were above `after`, as transaction `own` saw them when `oldest` was the oldest at work.
        """
        if self._later is None and own > self._seen_by:
            self._later = own
        settled = self._seen if self._later is not None and oldest >= self._later else 0
        last = after
        for row in rows:
            if row > settled and row != last + 1:
                break
            last = row
        return last

    def note(self, last: int, seen: int, own: int) -> None:
        """Transaction `own` has seen row `seen`, and a gap after `last`. What is waited for already comes first."""
        if last >= self._seen:
            self._seen, self._seen_by, self._later = seen, own, None
