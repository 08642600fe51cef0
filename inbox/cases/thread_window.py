"""Which part of a thread a page shows: a long one is opened at its newest, and what is older is asked for."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from inbox.cases.events import Recorded

Numbered = tuple[int, Recorded]
"""An event under its number in somebody's feed."""

USUAL = 50
"""Rows that a thread is opened with."""
MOST = 200
"""Rows that one page shows at most, also where more than that is unread."""
END = 1 << 30
"""Beyond every number."""


class WindowRequest(Struct, frozen=True):
    """What somebody wants to see of a thread: so many rows, before the numbers that they have already."""

    most: int = USUAL
    before: int = END
    """In the numbers of the viewer's party."""
    desk_before: int = END


class Window(Struct, frozen=True):
    """A part of a thread, each feed in the order of its numbers."""

    rows: tuple[Numbered, ...]
    notes: tuple[Numbered, ...]
    earlier: WindowRequest | None
    """What asks for the stretch before this one; None if it begins with the beginning."""

    @property
    def shown(self) -> range:
        """The numbers of its rows."""
        return range(self.rows[0][0], self.rows[-1][0] + 1) if self.rows else range(0)


WHOLE = WindowRequest(most=END)
NEWEST = WindowRequest()
NO_ROWS = WindowRequest(most=0)
"""Only how the case stands."""


def with_unread(wish: WindowRequest, unread: int) -> WindowRequest:
    """The same, and who wants the newest gets all that is unread too, as far as a page has room."""
    return WindowRequest(min(max(USUAL, unread), MOST)) if wish == NEWEST else wish


def latest(rows: Sequence[Numbered], notes: Sequence[Numbered], wish: WindowRequest) -> Window:
    """The newest of both together, out of all before the wish's numbers, or out of one of each more than it wants.

    Each feed keeps the order of its own numbers, whatever a clock has said.
    """
    first, first_note = len(rows), len(notes)
    for _ in range(min(wish.most, len(rows) + len(notes))):
        if first_note == 0 or (first and _at(rows[first - 1]) >= _at(notes[first_note - 1])):
            first -= 1
        else:
            first_note -= 1
    shown, internal = tuple(rows[first:]), tuple(notes[first_note:])
    if first == first_note == 0:
        return Window(shown, internal, None)
    before = shown[0][0] if shown else wish.before
    desk_before = internal[0][0] if internal else wish.desk_before
    return Window(shown, internal, WindowRequest(before=before, desk_before=desk_before))


def _at(row: Numbered) -> datetime:
    return row[1].envelope.at
