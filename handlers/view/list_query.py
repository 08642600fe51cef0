"""What somebody asks of a list, as the address says: `?visa=klara&efter=…&antal=20`."""

from collections.abc import Collection

from aiohttp import hdrs, web
from msgspec import Struct

from inbox.cases.errors import Malformed

FILTER, AFTER, SIZE = "visa", "efter", "antal"
LONGEST = 80
MOST = 100
"""Rows that a page of a list may have."""


class ListQuery(Struct, frozen=True):
    """Which stretch of which list. Each list has the one order that an index keeps it in."""

    filter: str
    """What is to be seen; empty: nothing was chosen."""
    after: tuple[str, ...]
    """Where the page before ended, in the list's own terms; empty: from the beginning."""
    size: int
    """How many rows a page has."""
    usual: int
    """How many it has where nobody asks for another number."""

    def address(self, path: str, filter: str = "", after: tuple[str, ...] = ()) -> str:
        """The address of a stretch of the same size."""
        size = str(self.size) if self.size != self.usual else ""
        asked = {FILTER: filter, AFTER: ".".join(after), SIZE: size}
        query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
        return f"{path}?{query}" if query else path


def list_query(request: web.Request, *, parts: int, usual: int, filters: Collection[str] = ()) -> ListQuery:
    """What the address asks for. Raises Malformed, with the name in the address, where that makes no sense.

    `parts`: how many values, with a dot between them, say where a page ended.
    """
    # What is typed in a form is not lost because of the address that it is sent to.
    query = request.query if request.method in {hdrs.METH_GET, hdrs.METH_HEAD} else {}
    filter, after, size = query.get(FILTER, ""), query.get(AFTER, ""), query.get(SIZE, str(usual))
    place = tuple(after.split(".")) if after else ()
    if filter and filter not in filters:
        raise Malformed(where=FILTER)
    if len(after) > LONGEST or len(place) not in {0, parts} or not all(place):
        raise Malformed(where=AFTER)
    if not said_in_digits(size, 3) or not 1 <= int(size) <= MOST:
        raise Malformed(where=SIZE)
    return ListQuery(filter, place, int(size), usual)


def said_in_digits(text: str, most: int) -> bool:
    """Whether it is a number of at most so many digits."""
    return text.isascii() and text.isdecimal() and len(text) <= most
