"""The live thread over Socket.IO. Each event is a request with an acknowledgement: `{"ok": …}` or `{"error": …}`."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import socketio
from aiohttp import web
from msgspec import Struct

from dialogs.errors import Refused
from dialogs.sentences import Translate
from handlers.dispatch import dispatch
from handlers.errors import fault_reply, reply_of
from handlers.limits import Act
from handlers.parse import command_of
from handlers.realtime.publisher import Publisher
from handlers.realtime.serialize import serialize
from handlers.realtime.subscriptions import Subscriber, Subscriptions
from handlers.realtime.throttle import Throttle
from handlers.realtime.topics import topics_of
from handlers.services import Services
from handlers.thread.mark_read import tell_read
from inbox.actions.audience import readers
from inbox.cases.commands import Audience
from inbox.cases.errors import Malformed, NoSuchCase, NotYours, SignInNeeded
from inbox.cases.model import Case, Identity
from inbox.cases.views import Entry
from inbox.people.membership import actor_in, reads_content
from inbox.principals.seat import Seat, seat_of
from inbox.queries.reading import Page

log = logging.getLogger(__name__)

PRESENCE_PAUSE = 0.2
"""Seconds between two tellings of who has a case open."""

Reply = dict[str, Any]


class Live(socketio.AsyncNamespace):  # type: ignore[misc]
    """Every `on_…` method can be called by any client: each looks up who asks, and what they may, anew."""

    def __init__(self, services: Services, subscriptions: Subscriptions) -> None:
        super().__init__("/")
        self._services = services
        self._subscriptions = subscriptions
        self._publisher: Publisher = services.publisher
        self._presence = Throttle(self._tell_presence, PRESENCE_PAUSE)

    async def on_connect(self, sid: str, environ: object = None, auth: object = None, *_: object) -> bool:
        """Only people who are signed in, and only from a page of their own; the origin was checked by the server."""
        request = environ.get("aiohttp.request") if isinstance(environ, dict) else None
        if not isinstance(request, web.Request):
            # An event of that name, sent by a client: it opens nothing.
            return False
        try:
            signed_in = await self._services.signed_in(request)
        except Refused as refusal:
            # Not to be able to look is no answer to who somebody is: they come again.
            raise socketio.exceptions.ConnectionRefusedError(refusal.code) from None
        if signed_in is None or not self._own_page(signed_in.identity, auth):
            person = signed_in.identity.key if signed_in else None
            self._services.security.refused("event", person, "sign_in_needed", event="connect")
            raise socketio.exceptions.ConnectionRefusedError("sign_in_needed")
        language = self._services.language(request)
        self._subscriptions.add(Subscriber(sid, signed_in.identity.who, signed_in.session, language))
        return True

    async def on_disconnect(self, sid: str, *_: object) -> None:
        """Takes whatever comes: the library calls again after a TypeError, and a client can send such an event too."""
        watcher = self._subscriptions.remove(sid)
        for case in watcher.cases if watcher else ():
            await self._presence.say(case)

    async def on_watch(self, sid: str, *data: object) -> Reply:
        """Open a case live: what came after `after` (and `desk_after`), and the heads."""
        return await self._answer(sid, data, self._watch)

    async def on_unwatch(self, sid: str, *data: object) -> Reply:
        """Close a case."""
        return await self._answer(sid, data, self._unwatch)

    async def on_catch_up(self, sid: str, *data: object) -> Reply:
        """What came after `after` (and `desk_after`), at most a page of it."""
        return await self._answer(sid, data, self._catch_up)

    async def on_command(self, sid: str, *data: object) -> Reply:
        """Carry out a command."""
        return await self._answer(sid, data, self._command)

    async def on_read(self, sid: str, *data: object) -> Reply:
        """The person has had in sight what there is up to `n`; or, on its own page, the final answer `answer`."""
        return await self._answer(sid, data, self._read)

    async def on_typing(self, sid: str, *data: object) -> Reply:
        """The person writes a message to an audience, or stopped. The composer for notes never says so."""
        return await self._answer(sid, data, self._typing)

    async def on_lists(self, sid: str, *data: object) -> Reply:
        """Hear when the queue or the home page may look different."""
        return await self._answer(sid, data, self._lists)

    def _own_page(self, identity: Identity, auth: object) -> bool:
        """A page that somebody else left open must not send what they wrote in this name. Programs have no page."""
        page_of = auth.get("person") if isinstance(auth, dict) else None
        return page_of is None or page_of == self._services.person_key(identity.key)

    async def _answer(
        self, sid: str, sent: tuple[object, ...], do: Callable[[Subscriber, Identity, dict[str, Any]], Awaitable[Reply]]
    ) -> Reply:
        watcher = self._subscriptions.get(sid)
        try:
            return {"ok": await self._done(watcher, sent, do)}
        except Refused as refusal:
            person = watcher.who.principal.key if watcher else None
            self._services.security.refused("event", person, refusal.code, event=do.__name__.strip("_"))
            return reply_of(refusal, self._translate(watcher), _language(watcher))
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is answered and told
            # An answer all the same: a client that hears nothing waits. The kind only: a message could quote a text.
            log.error("event failed", extra={"kind": type(fault).__name__, "handler": do.__name__}, exc_info=False)
            return fault_reply(self._translate(watcher))

    async def _done(
        self,
        watcher: Subscriber | None,
        sent: tuple[object, ...],
        do: Callable[[Subscriber, Identity, dict[str, Any]], Awaitable[Reply]],
    ) -> Reply:
        # A page that is left open reads and catches up by itself.
        valid = self._services.session_lives if do in (self._command, self._typing) else self._services.session_stands
        if watcher is None or not await valid(watcher.session):
            raise SignInNeeded
        identity = await self._services.identities.identity(watcher.who)
        if identity is None:
            raise SignInNeeded
        # A client decides how many arguments it sends: anything but one object is refused, not an error of ours.
        if len(sent) != 1 or not isinstance(sent[0], dict):
            raise Malformed(where="$")
        return await do(watcher, identity, sent[0])

    def _translate(self, watcher: Subscriber | None) -> Translate:
        return self._services.translator(_language(watcher))

    async def _watch(self, watcher: Subscriber, identity: Identity, data: dict[str, Any]) -> Reply:
        case = _text(data, "case")
        # Registered before reading: what happens in between is pushed, and the number tells what was seen twice.
        loaded, seats = await self._bare(case)
        actor = actor_in(loaded, seats, identity, self._services.now())
        if actor is None:
            raise NoSuchCase
        if not reads_content(actor):
            raise NotYours
        watcher.rows = data.get("rows") is True
        seat = seat_of(seats, actor.seat)
        version = loaded.version if self._services.store.shared else None
        self._subscriptions.open(watcher.sid, case, version, seat.until if seat else None)
        page = await self._page(identity, data, marks=True)
        await self._publisher.tell_marks(watcher.sid, case, page.read_by)
        await self._presence.say(case)
        return self._paged(watcher, case, page)

    async def _unwatch(self, watcher: Subscriber, identity: Identity, data: dict[str, Any]) -> Reply:
        case = _text(data, "case")
        self._subscriptions.shut(watcher.sid, case)
        await self._presence.say(case)
        return {}

    async def _catch_up(self, watcher: Subscriber, identity: Identity, data: dict[str, Any]) -> Reply:
        return self._paged(watcher, _text(data, "case"), await self._page(identity, data))

    async def _page(self, identity: Identity, data: dict[str, Any], *, marks: bool = False) -> Page:
        n, desk_n = _number(data, "after"), _number(data, "desk_after")
        return await self._services.reading.after(_text(data, "case"), identity, n, desk_n, marks=marks)

    async def _command(self, watcher: Subscriber, identity: Identity, data: dict[str, Any]) -> Reply:
        fields = dict(data)
        tag = fields.pop("command", "")
        outcome = await dispatch(self._services, identity, command_of(str(tag), fields), watcher.language)
        done = {"case": outcome.case.id, "n": list(outcome.numbers), "repeated": outcome.repeated}
        return done | {"urgent": True} if outcome.urgent else done

    async def _read(self, watcher: Subscriber, identity: Identity, data: dict[str, Any]) -> Reply:
        case = _text(data, "case")
        reading = self._services.reading
        if "answer" in data:
            marked = await reading.mark_answer_read(case, identity, _number(data, "answer"))
        else:
            marked = await reading.mark_read(case, identity, _number(data, "n"))
        await tell_read(self._services, marked)
        return {}

    async def _typing(self, watcher: Subscriber, identity: Identity, data: dict[str, Any]) -> Reply:
        case = _text(data, "case")
        self._services.limits.check(Act.TYPING, identity.key)
        if case not in watcher.cases:
            raise NoSuchCase
        loaded, seats = await self._bare(case)
        actor = actor_in(loaded, seats, identity, self._services.now())
        if actor is None or not reads_content(actor):
            raise NoSuchCase
        feeds = readers(loaded, _audience(data), actor)
        await self._publisher.tell_typing(loaded, seats, actor, feeds, bool(data.get("on")))
        return {}

    async def _lists(self, watcher: Subscriber, identity: Identity, data: dict[str, Any]) -> Reply:
        self._subscriptions.follow(watcher.sid, topics_of(identity))
        return {}

    async def _bare(self, case: str) -> tuple[Case, tuple[Seat, ...]]:
        """The case for who writes and who is here: from memory while its thread is live. Never for showing content.

        Where other processes write too, what is remembered may not be what stands.
        """
        if self._services.store.shared:
            return await self._services.reading.bare(case)
        act = self._services.act
        known = act.known(case) or act.remember_case(*await self._services.reading.bare(case))
        return known.case, known.seats

    async def _tell_presence(self, case: str) -> None:
        if not self._subscriptions.at(case) and not self._services.store.shared:
            return
        loaded, seats = await self._bare(case)
        await self._publisher.tell_presence(loaded, seats)

    def _paged(self, watcher: Subscriber, case: str, page: Page) -> Reply:
        translate = self._services.translator(watcher.language)
        names = self._services.identities.names()
        directory = self._services.directory

        def told(entry: Entry) -> Reply | Struct:
            if watcher.rows:
                return self._services.draw(page.viewer, entry, watcher.language, page.entries)
            return serialize(case, entry, directory, names, translate)

        return {
            "entries": [told(entry) for entry in page.entries],
            "head": page.head,
            "notes": [told(entry) for entry in page.notes],
            "desk_head": page.desk_head,
        }


def _language(watcher: Subscriber | None) -> str:
    return watcher.language if watcher else "sv"


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value or len(value) > 64 or not value.isprintable():
        raise Malformed(where=f"$.{name}")
    return value


def _audience(data: dict[str, Any]) -> Audience:
    try:
        return Audience(data.get("audience", Audience.ALL))
    except ValueError:
        raise Malformed(where="$.audience") from None


def _number(data: dict[str, Any], name: str) -> int:
    value = data.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 31:
        raise Malformed(where=f"$.{name}")
    return value
