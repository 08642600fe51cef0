"""Somebody at a socket of raw frames, who writes, tries again until it is acknowledged, and catches up by number."""

import asyncio
import contextlib
import random
import re
from collections.abc import Callable
from typing import Any, cast

import aiohttp
import msgspec

from server.app import real_id
from server.auth.sessions import COOKIE
from tests.faults.checker import Member
from tests.faults.polling import Connection, Polling, connected
from tests.faults.record import Record, What

MARK = re.compile(r"(?:thread|desk|aside|between|bench)-[0-9]+-[a-z0-9]+-[0-9]{4}")
AUDIENCES = {"thread": "all", "aside": "citizen_board", "between": "unit_board"}
"""Who reads a talk, by the word that its marks begin with. The others are notes."""
PATIENCE = 8.0
"""Seconds to wait for an acknowledgement before trying again."""
WORDS = "Tack för ert svar. Jag har läst det och undrar över en sak till som jag gärna vill att ni förklarar."
_CONNECT, _EVENT, _ACK, _PING, _PONG = "40", "42", "43", "2", "3"


class Gone(Exception):
    """The connection is not there any more."""


def soon(effects: random.Random, tries: int) -> float:
    """Seconds until the next try: hardly any."""
    return effects.uniform(0.02, 0.3)


def as_browsers(effects: random.Random, tries: int) -> float:
    """As long as `web/assets/live/connection.js` waits: by chance, and the longer the more often in vain."""
    return min(effects.uniform(0, 2.0 * 2**tries), 4.0)


class Client:
    """One socket with one thread open; opened again whenever it is gone. `url` says where to connect to, each time."""

    def __init__(
        self,
        member: Member,
        case: str,
        secret: str,
        url: Callable[[], str],
        record: Record,
        pause: Callable[[random.Random, int], float] = soon,
        *,
        polls: bool = False,
    ) -> None:
        self.member = member
        self.case = case
        self.heads = {False: 0, True: 0}
        """The newest own number that is shown: in the thread, and at the desk."""
        self.connected = asyncio.Event()
        self.opened = 0
        """How often a connection was opened."""
        self._secret = secret
        self._url = url
        self._record = record
        self._asked = 0
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._ws: Connection | None = None
        self._polls = polls
        self._behind = asyncio.Event()
        self._chance = random.Random(member.who)
        self._pause = pause

    async def stay(self, session: aiohttp.ClientSession) -> None:
        """Be at the socket until cancelled, connecting again and again."""
        tries = 0
        while True:
            opened = self.opened
            with contextlib.suppress(Gone, TimeoutError, aiohttp.ClientError, OSError):
                await self._sit(session)
            self._record.note(self.member.who, What.CUT)
            tries = 0 if self.opened > opened else tries + 1
            await asyncio.sleep(self._pause(self._chance, tries))

    def cut(self) -> None:
        """The connection is gone, in the middle of what it carries."""
        if isinstance(self._ws, Polling):
            self._ws.cut()
        elif self._ws is not None and (connection := self._ws._response.connection) is not None:
            # A transport that can be written to can be aborted: whichever loop made it.
            cast(asyncio.WriteTransport, connection.transport).abort()

    async def write(self, count: int, pause: float, *, stop: asyncio.Event) -> None:
        """Post messages, and as staff notes among them, one after the other; each until it is acknowledged."""
        also = self.member.also
        for number in range(1, count + 1):
            if stop.is_set():
                return
            # With a board in the case every other message is for one other side alone.
            talk = also[number // 2 % len(also)] if also and number % 2 else self.member.thread
            await self.say(number, talk=self.member.desk if self.member.desk and number % 5 == 0 else talk)
            await asyncio.sleep(self._chance.uniform(0, 2 * pause))

    async def say(self, number: int, *, talk: str = "") -> None:
        """Post one message to a talk, by default everybody's, again and again until it is acknowledged."""
        mark = mark_of(self.member, number, talk)
        body: dict[str, Any] = {"case": self.case, "client_id": real_id(), "text": f"{mark} {WORDS} {mark}"}
        audience = AUDIENCES.get(mark.partition("-")[0])
        body |= {"command": "post_message", "audience": audience} if audience else {"command": "write_note"}
        body |= {"widens": True} if audience == "all" else {}
        while True:
            await self.connected.wait()
            self._record.note(self.member.who, What.SENT, mark)
            try:
                reply = await self._asks("command", body)
            except (Gone, TimeoutError):
                await asyncio.sleep(0.05)
                continue
            if "ok" in reply:
                numbers = reply["ok"]["n"]
                self._record.note(self.member.who, What.ACKNOWLEDGED, mark, numbers[0] if numbers else 0)
                return
            self._record.note(self.member.who, What.REFUSED, reply["error"]["code"])
            await asyncio.sleep(self._chance.uniform(0.1, 0.4))

    async def _sit(self, session: aiohttp.ClientSession) -> None:
        cookie = f"{COOKIE}={self._secret}"
        async with connected(session, self._url(), cookie, polls=self._polls) as ws:
            await self._gets(ws, "0")
            await ws.send_str(_CONNECT)
            await self._gets(ws, _CONNECT)
            self._record.note(self.member.who, What.OPENED)
            self.opened += 1
            self._ws = ws
            tasks = [asyncio.create_task(work) for work in (self._read(ws), self._catch_up())]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._leave(tasks)
                await asyncio.gather(*tasks, return_exceptions=True)

    def _leave(self, tasks: list[asyncio.Task[None]]) -> None:
        self.connected.clear()
        self._ws = None
        for task in tasks:
            task.cancel()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(Gone())
                # Whoever waited may have been called away meanwhile: then nobody asks for it, and nothing is wrong.
                waiting.exception()
        self._waiting.clear()

    async def _gets(self, ws: Connection, beginning: str) -> None:
        message = await ws.receive(timeout=PATIENCE)
        if message.type is not aiohttp.WSMsgType.TEXT or not message.data.startswith(beginning):
            raise Gone

    async def _asks(self, event: str, data: dict[str, Any]) -> Any:
        if self._ws is None or self._ws.closed:
            raise Gone
        self._asked += 1
        id = str(self._asked)
        answer = self._waiting[id] = asyncio.get_running_loop().create_future()
        try:
            await self._ws.send_str(f"{_EVENT}{id}{msgspec.json.encode([event, data]).decode()}")
        except (aiohttp.ClientError, OSError):
            self._waiting.pop(id, None)
            raise Gone from None
        try:
            return await asyncio.wait_for(answer, PATIENCE)
        finally:
            self._waiting.pop(id, None)

    async def _catch_up(self) -> None:
        """Open the thread, and then ask for what is missing whenever there is a gap."""
        event = "watch"
        while True:
            body = {"case": self.case, "after": self.heads[False], "desk_after": self.heads[True]}
            reply = await self._asks(event, body)
            if "ok" in reply:
                more = self._take(reply["ok"])
                event = "catch_up"
                self.connected.set()
                if more:
                    continue
            elif not self.member.thread:
                # A stranger: hears nothing but this, and stays to listen.
                await self._asks("lists", {})
                await asyncio.sleep(0.5)
                continue
            else:
                self._record.note(self.member.who, What.REFUSED, reply["error"]["code"])
                await asyncio.sleep(0.3)
                continue
            await self._behind.wait()
            self._behind.clear()

    def _take(self, page: dict[str, Any]) -> bool:
        """Show what a page holds; whether there is more to ask for."""
        before = dict(self.heads)
        for desk, entries in ((False, page["entries"]), (True, page["notes"])):
            for entry in entries:
                self._show(entry, desk=desk)
        behind = self.heads[False] < page["head"] or self.heads[True] < page["desk_head"]
        return behind and self.heads != before

    def _show(self, entry: dict[str, Any], *, desk: bool) -> None:
        """As a browser does: what was seen is skipped, the next is shown, and further on is a gap to ask about."""
        n = entry["n"]
        if n == self.heads[desk] + 1:
            self.heads[desk] = n
            self._record.note(self.member.who, What.SHOWN, _mark(str(entry["event"].get("text", ""))), n, desk=desk)
        elif n > self.heads[desk]:
            self._behind.set()

    async def _read(self, ws: Connection) -> None:
        async for message in ws:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            frame: str = message.data
            for mark in MARK.findall(frame):
                self._record.note(self.member.who, What.HEARD, mark)
            if frame.startswith(_EVENT):
                self._told(frame[2:])
            elif frame.startswith(_ACK):
                self._answered(frame)
            elif frame == _PING:
                await ws.send_str(_PONG)

    def _told(self, body: str) -> None:
        name, data = msgspec.json.decode(body)
        if name in {"entry", "note"}:
            desk = name == "note"
            self._record.note(
                self.member.who, What.PUSHED, _mark(str(data["event"].get("text", ""))), data["n"], desk=desk
            )
            self._show(data, desk=desk)
        elif name == "gone":
            self._record.note(self.member.who, What.GONE)

    def _answered(self, frame: str) -> None:
        at = frame.index("[")
        waiting = self._waiting.get(frame[2:at])
        if waiting is not None and not waiting.done():
            waiting.set_result(msgspec.json.decode(frame[at:])[0])


def mark_of(member: Member, number: int, talk: str = "") -> str:
    """What the person's so-manieth message is known by."""
    return f"{talk or member.thread}-{member.who.partition('@')[0]}-{number:04d}"


def _mark(text: str) -> str:
    found = MARK.match(text)
    return found.group(0) if found else ""
