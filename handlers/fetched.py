"""What the access log calls a request: not every browser that fetches something shows it to somebody."""

from aiohttp import hdrs, web

from dialogs.errors import Category, Refused
from inbox.storage.openings import AHEAD, HEAD

SAID_IN = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
"""Where browsers have said that nobody has asked for the page yet, the newest first."""
SAYING = ("prefetch", "prerender", "preview")


class NotAhead(Refused):
    """A page with somebody's case is sent when somebody wants to see it: then it is known that they did."""

    code = "not_ahead"
    # Any no will do for a browser; those of 500 and above are faults of ours to whoever watches.
    category = Category.CONFLICT


def opened_as(request: web.Request, what: str) -> str:
    """The same, or that nothing was shown."""
    if request.method == hdrs.METH_HEAD:
        return HEAD
    return AHEAD if is_ahead(request) else what


def refuse_ahead(request: web.Request) -> None:
    """After it was kept: raises NotAhead if nobody has asked for it. The browser asks again when somebody does."""
    if is_ahead(request):
        raise NotAhead


def is_ahead(request: web.Request) -> bool:
    """Whether the browser fetches something that nobody has asked to see."""
    said = " ".join(request.headers.get(name, "") for name in SAID_IN).lower()
    return any(word in said for word in SAYING)
