"""Asks ClamAV's clamd to look through what has arrived. Where it is set up, nothing is taken that it has not seen."""

import asyncio
import struct
from pathlib import Path

from inbox.files.errors import Infected, NotScanned

BLOCK = 256 * 1024
PATIENCE = 60
"""Seconds in which the scanner must have answered."""


class Scanner:
    """A clamd, at `tcp://host:port` or `unix:///path`."""

    def __init__(self, address: str) -> None:
        self._kind, _, self._place = address.partition("://")

    async def look(self, file: Path) -> None:
        """Return if nothing was found. Raises Infected, or NotScanned if there is no clear answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                said = await self._ask(file)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as fault:
            raise NotScanned from fault
        # "stream: OK", "stream: Eicar-Signature FOUND", "... ERROR".
        if said.endswith("FOUND"):
            raise Infected
        if said != "stream: OK":
            raise NotScanned

    async def _ask(self, file: Path) -> str:
        reader, writer = await self._connect()
        try:
            writer.write(b"zINSTREAM\0")
            with file.open("rb") as content:
                while block := await asyncio.to_thread(content.read, BLOCK):
                    writer.write(struct.pack(">I", len(block)) + block)
                    await writer.drain()
            writer.write(struct.pack(">I", 0))
            await writer.drain()
            return (await reader.readuntil(b"\0")).rstrip(b"\0").decode("ascii", "replace")
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._kind == "unix":
            return await asyncio.open_unix_connection(self._place)
        host, _, port = self._place.rpartition(":")
        return await asyncio.open_connection(host, int(port))
