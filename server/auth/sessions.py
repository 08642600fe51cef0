"""Sessions on the server: the browser holds a secret in a cookie, we hold its hash and who signed in with it."""

import contextlib
import hashlib
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from aiohttp import web
from aiohttp.typedefs import Handler
from msgspec.structs import replace

from handlers.requests import wants_fragment
from handlers.security_log import SecurityLog
from handlers.services import Proven, SignedIn
from inbox.cases.errors import NotKept, SignInNeeded
from inbox.people.identities import IdentityCache
from inbox.principals.principal import Capacity, Individual, Who
from inbox.storage import sessions as kept
from inbox.storage.engine.store import Store
from inbox.storage.sessions import Session
from server.auth.device import device_of
from server.auth.oidc.tokens import seal, unseal
from server.config import Settings
from server.web import csrf
from server.web.security import CSRF_CHECKED, SOCKETS

COOKIE = "__Host-session"
_NEW = web.RequestKey("new_session", str)
_SIGNED_IN: web.RequestKey[SignedIn | None] = web.RequestKey("signed_in")
PLAIN = ("/assets/", "/health/", "/metrics")
"""Where nobody needs to be known."""
SEEN_EVERY = timedelta(minutes=1)
"""Being active is written down at most this often."""
SHUT_WITHIN = timedelta(minutes=3)
"""Sockets of a session that is over are shut long before this (`server/jobs/jobs.py`)."""
TRUSTED_FOR = timedelta(seconds=20)
"""How long a session is remembered before it is read again: another process may have ended it."""


class Sessions:
    """Begins, finds and ends sessions. The secret of a session is never kept."""

    def __init__(
        self,
        *,
        store: Store,
        identities: IdentityCache,
        settings: Settings,
        secret: bytes,
        now: Callable[[], datetime],
        new_secret: Callable[[], str],
        security: SecurityLog,
    ) -> None:
        self._security = security
        self._store = store
        self._identities = identities
        self._settings = settings
        self._secret = secret
        self._now = now
        self._new_secret = new_secret
        self._known: dict[str, tuple[Session, datetime]] = {}
        self._found_over: dict[str, datetime] = {}
        """Sessions that somebody asked in after their time, and when: their sockets are still to be shut."""
        self._tell_ended: list[Callable[[str], Awaitable[None]]] = []

    def now(self) -> datetime:
        """The moment it is."""
        return self._now()

    async def signed_in(self, request: web.Request) -> SignedIn | None:
        """Who is signed in; looked up once a request."""
        if _SIGNED_IN not in request:
            request[_SIGNED_IN] = await self._find(request.cookies.get(COOKIE, ""), used=not _by_itself(request))
        return self.known(request)

    def known(self, request: web.Request) -> SignedIn | None:
        """Who was found to be signed in earlier in this request."""
        return request.get(_SIGNED_IN)

    async def lives(self, id_hash: str) -> bool:
        """Whether a session still stands; somebody does something in it, which counts as being active."""
        return await self._live(id_hash) is not None

    async def stands(self, id_hash: str) -> bool:
        """Whether a session still stands, without counting as being active."""
        return await self._standing(id_hash, self._now()) is not None

    def is_over(self, id_hash: str) -> bool:
        """Whether the session's time is over, as far as is remembered of it: for the moment of sending, never waits."""
        known = self._known.get(id_hash)
        if known is None:
            return id_hash in self._found_over
        return self._over(known[0], self._now())

    def forget(self, id_hash: str) -> None:
        """Read the session anew next time: another process has ended it."""
        self._known.pop(id_hash, None)

    def on_end(self, tell: Callable[[str], Awaitable[None]]) -> None:
        """Tell, by its hash, of every session that somebody ends."""
        self._tell_ended.append(tell)

    async def sign_in(self, request: web.Request, response: web.StreamResponse, proven: Proven) -> None:
        """Begin a session with a new secret; what the browser had before opens nothing any more."""
        ends = self._now() + timedelta(hours=self._settings.session_hours)
        known = isinstance(proven.who.principal, Individual)
        session = Session(
            id_hash="",
            who=proven.who,
            seen_at=self._now(),
            expires_at=ends,
            provider=proven.provider,
            assurance=proven.assurance,
            sides=proven.sides,
            subject=hash_of(proven.subject) if proven.subject else "",
            provider_session=hash_of(proven.provider_session) if proven.provider_session else "",
            # Of whoever has not said who they are, nothing is kept that tells them from others.
            device=device_of(request) if known else "",
        )
        await self._begin(request, response, session, proven.id_token)

    async def go_over(self, request: web.Request, response: web.StreamResponse, capacity: Capacity) -> None:
        """Go on in another capacity: a session with a new secret, that ends when this one would have ended."""
        before, token = await self.proof(request)
        if before is None:
            raise SignInNeeded
        await self._begin(request, response, replace(before, who=Who(before.who.principal, capacity)), token)

    async def proof(self, request: web.Request) -> tuple[Session | None, str]:
        """The session of whoever asks, and the token that its provider wants back."""
        secret = request.cookies.get(COOKIE, "")
        session = await self._standing(hash_of(secret), self._now()) if secret else None
        return session, unseal(session.id_token, secret) if session and session.id_token else ""

    async def _begin(self, request: web.Request, response: web.StreamResponse, session: Session, id_token: str) -> None:
        await self._end(request)
        if session.who.person is not None:
            # The roles held now, whoever changed them, and however.
            self._identities.forget(session.who.person)
        secret, now = self._new_secret(), self._now()
        sealed = seal(id_token, secret) if id_token else None
        new = replace(session, id_hash=hash_of(secret), seen_at=now, begun_at=now, id_token=sealed)
        await self._store.writer.do(lambda connection: kept.begin_session(connection, new))
        _set_cookie(response, secret)
        self._security.signed_in(new.who.principal.key)

    async def own(self, session: Session) -> list[Session]:
        """Everything that the same person is signed in to on the same side of their life, and that is not over."""
        person, now = session.who.person, self._now()
        if person is None:
            return [session]
        async with self._store.reading() as connection:
            found = await kept.sessions_of(connection, person)
        return [one for one in found if one.at_work == session.at_work and not self._over(one, now)]

    async def end_each(self, ended: Iterable[str]) -> None:
        """End sessions, wherever they are used: their sockets are shut at once, in every process."""
        hashes = list(ended)
        await self._store.writer.do(lambda connection: kept.end_sessions(connection, hashes))
        for id_hash in hashes:
            self._known.pop(id_hash, None)
            for tell in self._tell_ended:
                await tell(id_hash)

    async def end_at(self, provider: str, *, subject: str, session: str) -> int:
        """End what a provider says is over there: a sign-in, or all of somebody's; how many."""
        async with self._store.reading() as connection:
            found = await kept.sessions_at(
                connection,
                provider,
                subject=hash_of(subject) if subject else "",
                session=hash_of(session) if session else "",
            )
        await self.end_each(found)
        return len(found)

    async def sign_out(self, request: web.Request, response: web.StreamResponse) -> None:
        """End the session, here and in the browser."""
        if (signed_in := self.known(request)) is not None:
            self._security.signed_out(signed_in.identity.key)
        await self._end(request)
        response.del_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")

    def csrf(self, request: web.Request) -> str:
        """The token that forms of this browser carry; gives a browser without a session the secret for one."""
        secret = request.cookies.get(COOKIE) or request.get(_NEW)
        if not secret:
            secret = request[_NEW] = self._new_secret()
        return csrf.token_for(self._secret, secret)

    def csrf_holds(self, request: web.Request, token: str) -> bool:
        """Whether a token is this browser's."""
        request[CSRF_CHECKED] = True
        return csrf.holds(self._secret, request.cookies.get(COOKIE, ""), token)

    def token_for(self, known: str) -> str:
        """A token for what only one browser knows, as a secret in another of its cookies."""
        return csrf.token_for(self._secret, known)

    def key_of(self, key: str) -> str:
        """What a browser binds its own copies to."""
        return csrf.person_key(self._secret, key)

    async def sweep(self) -> None:
        """Remove the sessions whose time is over."""
        longest = max(self._settings.citizen_idle_minutes, self._settings.staff_idle_minutes)
        now = self._now()
        long_ago = now - timedelta(minutes=longest)
        await self._store.writer.do(lambda c: kept.end_old_sessions(c, now, long_ago))
        # What stands is remembered, however long ago it was read: a socket that is silent has no more to be told by.
        # What is over is so for a while longer, until its sockets are shut.
        self._known = {
            key: (session, read)
            for key, (session, read) in self._known.items()
            if session.expires_at > now - SHUT_WITHIN and session.seen_at > long_ago - SHUT_WITHIN
        }
        self._found_over = {key: found for key, found in self._found_over.items() if found > now - SHUT_WITHIN}

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Know who asks before the page is made, and give the browser its new secret afterwards."""
        if not request.path.startswith(PLAIN):
            await self.signed_in(request)
        response = await handler(request)
        if _NEW in request and COOKIE not in response.cookies and not response.prepared:
            _set_cookie(response, request[_NEW])
        return response

    async def _find(self, secret: str, *, used: bool) -> SignedIn | None:
        if not secret:
            return None
        id_hash = hash_of(secret)
        session = await (self._live(id_hash) if used else self._standing(id_hash, self._now()))
        identity = await self._identities.identity(session.who) if session else None
        return SignedIn(id_hash, identity) if identity else None

    async def _live(self, id_hash: str) -> Session | None:
        """The session if its time is not over, freshly seen."""
        now = self._now()
        session = await self._standing(id_hash, now)
        if session is None or now - session.seen_at < SEEN_EVERY:
            return session
        session = replace(session, seen_at=now)
        self._known[id_hash] = (session, now)
        # Where nothing can be kept, people still read: it is noted again after a while.
        with contextlib.suppress(NotKept):
            await self._store.writer.do(lambda connection: kept.saw_session(connection, id_hash, now))
        return session

    async def _standing(self, id_hash: str, now: datetime) -> Session | None:
        """The session if its time is not over."""
        session = await self._read(id_hash, now)
        identity = await self._identities.identity(session.who) if session else None
        if session is None or identity is None or self._over(session, now):
            if self._known.pop(id_hash, None) is not None:
                self._found_over[id_hash] = now
            return None
        return session

    async def _read(self, id_hash: str, now: datetime) -> Session | None:
        known = self._known.get(id_hash)
        if known is not None and now - known[1] < TRUSTED_FOR:
            return known[0]
        async with self._store.reading() as connection:
            session = await kept.find_session(connection, id_hash)
        if session is not None:
            self._known[id_hash] = (session, now)
        return session

    def _over(self, session: Session, now: datetime) -> bool:
        idle = self._settings.staff_idle_minutes if session.at_work else self._settings.citizen_idle_minutes
        return now >= session.expires_at or now - session.seen_at >= timedelta(minutes=idle)

    async def _end(self, request: web.Request) -> None:
        secret = request.cookies.get(COOKIE)
        request[_SIGNED_IN] = None
        if secret:
            id_hash = hash_of(secret)
            await self.end_each([id_hash])


def _by_itself(request: web.Request) -> bool:
    """What an open page does because something came: nobody need be there for that.

    What somebody does over a socket counts by what it is, not by the requests that carry it.
    """
    if request.path.startswith(SOCKETS):
        return True
    if request.method not in {"GET", "HEAD"}:
        return False
    unasked = wants_fragment(request) and "X-Used" not in request.headers
    return unasked or request.path.endswith("/bild")


def owner_of(request: web.Request) -> str:
    """What ties a request to the browser that it comes from; the same for all that have no secret."""
    return hash_of(request.cookies.get(COOKIE, ""))


def hash_of(secret: str) -> str:
    """What is kept of a session's secret."""
    # A cookie may hold bytes that are no letters: it opens nothing, and breaks nothing.
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _set_cookie(response: web.StreamResponse, secret: str) -> None:
    # `__Host-`: set by this very host, over TLS (or on this very machine), for all of it and for no other.
    response.set_cookie(COOKIE, secret, path="/", secure=True, httponly=True, samesite="Lax")
