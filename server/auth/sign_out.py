"""Signing out, and leaving in a hurry."""

from aiohttp import web

from handlers.intake.draft_cookie import forget_drafts
from handlers.requests import read_form, services_of

NEUTRAL = "https://www.smhi.se/"
"""The weather: where somebody who looks over a shoulder finds nothing to ask about."""
_OWN = frozenset({"same-origin", "none"})
"""Where a link of ours, or an address that somebody typed, comes from."""
# What the browser keeps of us goes too: computers are shared.
_CLEAR = '"cookies", "storage"'


async def sign_out(request: web.Request) -> web.Response:
    """End the session and go to the start page."""
    await read_form(request)
    answer = web.HTTPSeeOther("/")
    await services_of(request).sign_out(request, answer)
    forget_drafts(answer)
    answer.headers["Clear-Site-Data"] = _CLEAR
    raise answer


async def leave(request: web.Request) -> web.Response:
    """End the session and go far away, by a plain link: somebody in a hurry needs no form."""
    answer = web.HTTPSeeOther(NEUTRAL)
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN:
        # A picture with this address on a page of others would throw away what people have typed here.
        raise answer
    await services_of(request).sign_out(request, answer)
    forget_drafts(answer)
    answer.headers["Clear-Site-Data"] = _CLEAR
    raise answer
