"""A long thread on pages: opened at its newest, with links to what is older and back."""

from urllib.parse import urlencode

from aiohttp import web
from msgspec import Struct

from handlers.requests import wants_fragment
from handlers.thread.open_case import look_at
from handlers.thread.view_context import ViewContext
from inbox.cases.errors import Malformed
from inbox.cases.model import Identity
from inbox.cases.thread_window import END, NEWEST, NO_ROWS, WindowRequest
from inbox.storage.openings import LIVE


class Around(Struct, frozen=True):
    """Where the rest of a thread is found."""

    older: str = ""
    """The address of what is older; empty if all of it is here."""
    newest: str = ""
    """The address of the newest; empty if it is here."""


def wish_of(request: web.Request) -> WindowRequest:
    """`?before=n`, and on a desk `&desk_before=n`: the stretch before those numbers; without them the newest."""
    return WindowRequest(before=_number(request, "before"), desk_before=_number(request, "desk_before"))


async def opened(request: web.Request, identity: Identity) -> ViewContext:
    """The stretch of the case that the address asks for; for the page's script, which says itself what was seen.

    What it fetches by itself belongs to an opening that is kept already, and is about all but what was said.
    Whoever goes back to what is older sits at the page.
    """
    wish = wish_of(request)
    if not wants_fragment(request):
        return await look_at(request, identity, wish=wish)
    newest = wish == NEWEST
    return await look_at(request, identity, LIVE if newest else "older", NO_ROWS if newest else wish)


def around(request: web.Request, look: ViewContext) -> Around:
    """The ways from the stretch that is shown to the rest."""
    kept = {name: value for name, value in request.query.items() if name == "visa"}
    newest = "" if wish_of(request) == NEWEST else _address(look.url, kept)
    earlier = look.thread.earlier
    if earlier is None:
        return Around("", newest)
    numbers = {"before": earlier.before, "desk_before": earlier.desk_before}
    return Around(_address(look.url, {**kept, **{name: str(n) for name, n in numbers.items() if n != END}}), newest)


def _address(url: str, query: dict[str, str]) -> str:
    return f"{url}?{urlencode(query)}" if query else url


def _number(request: web.Request, name: str) -> int:
    text = request.query.get(name, str(END))
    if not text.isascii() or not text.isdecimal() or len(text) > 10 or int(text) > END:
        raise Malformed(where=name)
    return int(text)
