"""Signing out, here and at whoever vouched; and leaving in a hurry."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from aiohttp import web

from handlers.intake.draft_cookie import forget_drafts
from handlers.page import Page
from handlers.requests import read_form, see_other, services_of
from server.auth.sessions import Sessions
from server.auth.sign_in_page import PROVIDERS

NEUTRAL = "https://www.smhi.se/"
"""The weather: where somebody who looks over a shoulder finds nothing to ask about."""
_OWN = frozenset({"same-origin", "none"})
"""Where a link of ours, or an address that somebody typed, comes from."""
# What the browser keeps of us goes too: computers are shared.
_CLEAR = '"cookies", "storage"'

WayOut = Callable[[str, str], Awaitable[str]]
"""Where one is signed out at a provider too; empty where that cannot be."""


class SignedOutPage(Page, frozen=True, kw_only=True):
    """Signed out here; now there."""

    template: ClassVar[str] = "signed_out.html"

    provider: str
    """By name."""
    onward: str
    """The provider's own page."""


class SignOut:
    """Ends what the browser has with us."""

    def __init__(self, sessions: Sessions, way_out: WayOut) -> None:
        self._sessions = sessions
        self._way_out = way_out

    def routes(self) -> list[web.RouteDef]:
        """Signing out, and leaving."""
        return [web.post("/logga-ut", self.sign_out), web.get("/lamna", self.leave)]

    async def sign_out(self, request: web.Request) -> web.Response:
        """End the session, here and at the provider."""
        await read_form(request)
        return await self.leave_for_good(request)

    async def leave_for_good(self, request: web.Request) -> web.Response:
        """End the session of whoever asks: to the start page, by way of the provider where that ends something too.

        That way is a page with a link which is followed by itself: no form leads to another site (`form-action`).
        """
        services = services_of(request)
        session, token = await self._sessions.proof(request)
        # First of all: a provider may be slow, and the page that leads there names nobody.
        gone = web.Response()
        await services.sign_out(request, gone)
        provider = session.provider if session else ""
        onward = await self._way_out(provider, token) if provider else ""
        answer = _answer(request, provider, onward)
        answer.cookies.update(gone.cookies)
        forget_drafts(answer)
        answer.headers["Clear-Site-Data"] = _CLEAR
        return answer

    async def leave(self, request: web.Request) -> web.Response:
        """End the session and go far away, by a plain link: somebody in a hurry needs no form."""
        answer = web.HTTPSeeOther(NEUTRAL)
        if request.headers.get("Sec-Fetch-Site", "none") not in _OWN:
            # A picture with this address on a page of others would throw away what people have typed here.
            raise answer
        await services_of(request).sign_out(request, answer)
        forget_drafts(answer)
        answer.headers["Clear-Site-Data"] = _CLEAR
        raise answer


def _answer(request: web.Request, provider: str, onward: str) -> web.Response:
    if not onward:
        return see_other("/")
    names = {one.id: one.name for one in request.app[PROVIDERS]}
    return services_of(request).render(request, SignedOutPage(provider=names.get(provider, ""), onward=onward))
