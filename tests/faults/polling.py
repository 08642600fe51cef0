"""A connection by long polling, where sockets do not pass: to whoever sits at it the same as a socket of frames."""

import asyncio
import contextlib
from http import HTTPStatus
from typing import Any, Self

import aiohttp
import msgspec

BETWEEN = "\x1e"
"""Stands between the packets of one body (Engine.IO 4)."""
PATIENCE = aiohttp.ClientTimeout(total=60)


class Polling:
    """Asks again and again what there is, and posts what is sent. Gone when one request goes wrong."""

    def __init__(self, session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> None:
        self.closed = False
        self._session = session
        self._address = f"{url}/socket.io/?EIO=4&transport=polling"
        self._headers = headers
        self._came: asyncio.Queue[aiohttp.WSMessage] = asyncio.Queue()
        self._asking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Open it: the first packet says under which id."""
        (opened,) = await self._ask()
        self._address += "&sid=" + msgspec.json.decode(opened[1:])["sid"]
        self._take([opened])
        self._asking = asyncio.create_task(self._go_on())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nobody asks any more; the server finds out by itself."""
        await self.close()

    async def close(self) -> None:
        """Stop asking."""
        self.cut()
        if self._asking is not None:
            await asyncio.gather(self._asking, return_exceptions=True)

    def cut(self) -> None:
        """The request that is under way is gone."""
        self.closed = True
        if self._asking is not None:
            self._asking.cancel()

    async def send_str(self, frame: str) -> None:
        """Post one packet."""
        async with self._session.post(self._address, data=frame, headers=self._headers, timeout=PATIENCE) as answer:
            if answer.status != HTTPStatus.OK:
                raise aiohttp.ClientError(answer.status)

    async def receive(self, timeout: float) -> aiohttp.WSMessage:  # noqa: ASYNC109 - as a socket has it
        """The next packet."""
        return await asyncio.wait_for(self._came.get(), timeout)

    def __aiter__(self) -> Self:
        """Every packet that comes."""
        return self

    async def __anext__(self) -> aiohttp.WSMessage:
        """The next one; nothing after the connection is gone."""
        if self.closed and self._came.empty():
            raise StopAsyncIteration
        message = await self._came.get()
        if message.type is aiohttp.WSMsgType.CLOSED:
            raise StopAsyncIteration
        return message

    async def _go_on(self) -> None:
        try:
            with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                while True:
                    self._take(await self._ask())
        finally:
            self.closed = True
            self._came.put_nowait(aiohttp.WSMessage(aiohttp.WSMsgType.CLOSED, None, None))

    async def _ask(self) -> list[str]:
        async with self._session.get(self._address, headers=self._headers, timeout=PATIENCE) as answer:
            if answer.status != HTTPStatus.OK:
                raise aiohttp.ClientError(answer.status)
            return (await answer.text()).split(BETWEEN)

    def _take(self, packets: list[str]) -> None:
        for packet in packets:
            self._came.put_nowait(aiohttp.WSMessage(aiohttp.WSMsgType.TEXT, packet, None))


Connection = aiohttp.ClientWebSocketResponse | Polling


def connected(session: aiohttp.ClientSession, url: str, cookie: str, *, polls: bool) -> Any:
    """A connection, as a context: by long polling or by a socket."""
    headers = {"Cookie": cookie}
    if polls:
        return Polling(session, url, headers)
    address = f"{url}/socket.io/?EIO=4&transport=websocket"
    return session.ws_connect(address, headers=headers, timeout=aiohttp.ClientWSTimeout(ws_close=0.2))
