"""A client of raw frames: a ready-made Socket.IO client would be slower than the server that it measures."""

import asyncio
import time
from collections.abc import Callable, Mapping

import aiohttp
import msgspec
from msgspec import Struct

from server.auth.sessions import COOKIE
from tests.patience import PATIENCE

_OPEN, _PING, _PONG = "0", "2", "3"
_CONNECT, _EVENT, _ACK = "40", "42", "43"


class Heads(Struct, frozen=True):
    """What an opened thread says of itself."""

    head: int = 0


class Reply(Struct, frozen=True):
    """An acknowledgement."""

    ok: Heads | None = None


class Said(Struct, frozen=True):
    """The words of a row, or of an event."""

    text: str = ""


class Came(Struct, frozen=True):
    """What a pushed entry is known by."""

    n: int = 0
    rows: tuple[Said, ...] = ()
    event: Said = Said()

    @property
    def text(self) -> str:
        """Its words, if it has any."""
        return self.rows[-1].text if self.rows else self.event.text


_reply = msgspec.json.Decoder(tuple[Reply])
_pushed = msgspec.json.Decoder(tuple[str, msgspec.Raw])
_entry = msgspec.json.Decoder(Came)


class Refused(RuntimeError):
    """The server did not do what the measurement needs; the text is its frame."""


class FrameSocket:
    """Somebody's socket with one thread open. `arrived` hears where an entry came, its text and when."""

    ROWS = True
    """Whether it gets rows, as a page does, or events, as a program."""

    def __init__(self, case: str, arrived: Callable[["FrameSocket", str, float], None]) -> None:
        self.numbers: list[int] = []
        """Own numbers, as they came."""
        self.head = 0
        """The newest own number when the thread was opened."""
        self._case = case
        self._arrived = arrived
        self._asked = 0
        self._waiting: dict[str, asyncio.Future[tuple[Reply, float]]] = {}
        self._ws: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None

    async def opens(self, session: aiohttp.ClientSession, url: str, secret: str) -> None:
        """Connect with a session's secret, and open the thread."""
        self._ws = await session.ws_connect(
            f"{url}/socket.io/?EIO=4&transport=websocket", headers={"Cookie": f"{COOKIE}={secret}"}
        )
        await self._gets(_OPEN)
        await self._ws.send_str(_CONNECT)
        await self._gets(_CONNECT)
        self._reader = asyncio.create_task(self._read())
        reply, _ = await asyncio.wait_for(
            self.asks("watch", {"case": self._case, "after": 1 << 30, "rows": self.ROWS}), PATIENCE
        )
        assert reply.ok is not None
        self.head = reply.ok.head

    def asks(self, event: str, data: Mapping[str, object]) -> asyncio.Future[tuple[Reply, float]]:
        """Send an event now; its acknowledgement, and the moment it came."""
        assert self._ws is not None
        self._asked += 1
        answer = self._waiting[str(self._asked)] = asyncio.get_running_loop().create_future()
        frame = f"{_EVENT}{self._asked}{msgspec.json.encode([event, data]).decode()}"
        # Written at once: sending waits only for a peer that has stopped reading.
        asyncio.get_running_loop().create_task(self._ws.send_str(frame))
        return answer

    async def closes(self) -> None:
        """Close the connection."""
        if self._reader is not None:
            self._reader.cancel()
        if self._ws is not None:
            await self._ws.close()

    async def _gets(self, beginning: str) -> None:
        assert self._ws is not None
        frame = await self._ws.receive_str(timeout=PATIENCE)
        if not frame.startswith(beginning):
            raise Refused(frame)

    async def _read(self) -> None:
        assert self._ws is not None
        async for message in self._ws:
            frame, now = message.data, time.perf_counter()
            if frame.startswith(_EVENT):
                self._heard(frame[2:], now)
            elif frame.startswith(_ACK):
                at = frame.index("[")
                self._acknowledged(frame[2:at], frame[at:], now)
            elif frame == _PING:
                await self._ws.send_str(_PONG)

    def _heard(self, body: str, now: float) -> None:
        name, data = _pushed.decode(body)
        if name == "entry":
            entry = _entry.decode(data)
            self.numbers.append(entry.n)
            self._arrived(self, entry.text, now)

    def _acknowledged(self, id: str, body: str, now: float) -> None:
        (reply,) = _reply.decode(body)
        answer = self._waiting.pop(id)
        if reply.ok is None:
            answer.set_exception(Refused(body))
        else:
            answer.set_result((reply, now))
