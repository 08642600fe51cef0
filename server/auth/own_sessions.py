"""Where somebody is signed in, and how to end it: one sign-in, or all of them."""

from datetime import datetime
from typing import ClassVar

from aiohttp import web
from msgspec import Struct

from handlers.page import Page
from handlers.requests import first, read_form, see_other, services_of, sign_in_first
from inbox.storage.sessions import Session
from server.auth.capacities import choices_of
from server.auth.sessions import Sessions
from server.auth.sign_in_page import PROVIDERS
from server.auth.sign_out import SignOut

PATH = "/inloggningar"


class OwnSession(Struct, frozen=True):
    """A sign-in of one's own."""

    key: str
    """Which, for the button that ends it: opens nothing."""
    begun_at: datetime
    seen_at: datetime
    device: str
    """`phone`, `tablet` or `computer`; empty: not known."""
    provider: str
    """Who vouched, by name; empty: a sample person was picked."""
    this: bool


class OwnSessionsPage(Page, frozen=True, kw_only=True):
    """One's own sign-ins, the newest first."""

    template: ClassVar[str] = "own_sessions.html"

    staff: bool
    changes: bool
    """Whether there is another role to go over to."""
    sessions: tuple[OwnSession, ...]


class OwnSessions:
    """The page, and ending."""

    def __init__(self, sessions: Sessions, out: SignOut) -> None:
        self._sessions = sessions
        self._out = out

    def routes(self) -> list[web.RouteDef]:
        """Looking, and ending."""
        return [
            web.get(PATH, self.show),
            web.post(f"{PATH}/avsluta", self.end),
            web.post(f"{PATH}/alla", self.end_all),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """Each sign-in on the same side: at work one sees nothing of one's own matters, and the other way round."""
        mine = await self._mine(request)
        names = {one.id: one.name for one in request.app[PROVIDERS]}
        shown = tuple(
            OwnSession(
                key=self._sessions.key_of(one.id_hash),
                begun_at=one.begun_at or one.seen_at,
                seen_at=one.seen_at,
                device=one.device,
                provider=names.get(one.provider, ""),
                this=one.id_hash == mine.id_hash,
            )
            for one in await self._sessions.own(mine)
        )
        page = OwnSessionsPage(staff=mine.at_work, changes=len(await choices_of(request, mine)) > 1, sessions=shown)
        return services_of(request).render(request, page)

    async def end(self, request: web.Request) -> web.Response:
        """End one sign-in, wherever that is."""
        key = first(await read_form(request), "session")
        mine = await self._mine(request)
        chosen = [one.id_hash for one in await self._sessions.own(mine) if self._sessions.key_of(one.id_hash) == key]
        if mine.id_hash in chosen:
            return await self._out.leave_for_good(request)
        await self._sessions.end_each(chosen)
        return see_other(PATH)

    async def end_all(self, request: web.Request) -> web.Response:
        """End every sign-in, this one last."""
        await read_form(request)
        mine = await self._mine(request)
        await self._sessions.end_each(
            one.id_hash for one in await self._sessions.own(mine) if one.id_hash != mine.id_hash
        )
        return await self._out.leave_for_good(request)

    async def _mine(self, request: web.Request) -> Session:
        session, _ = await self._sessions.proof(request)
        if session is None:
            raise web.HTTPSeeOther(sign_in_first(request))
        return session
