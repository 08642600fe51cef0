"""A file comes in, and is looked at while it comes: nobody fills the disk with what is refused in the end."""

import asyncio
from collections.abc import AsyncIterable
from pathlib import Path

from inbox.errors import NotKept
from inbox.files.errors import BrokenFile
from inbox.files.kinds import HEAD, Kind, kind_of
from inbox.files.limits import Room

_PDF_END, _PDF_TAIL = b"%%EOF", 2048


async def receive(target: Path, chunks: AsyncIterable[bytes], room: Room) -> Kind:
    """Write what arrives to a file; its kind. Raises EmptyFile, WrongKind, TooBig, OverQuota or OverDay."""
    head, size = b"", 0
    with target.open("wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            room.check(size)
            if len(head) < HEAD:
                head += chunk[: HEAD - len(head)]
                if len(head) == HEAD:
                    kind_of(head)
            try:
                await asyncio.to_thread(file.write, chunk)
            except OSError as fault:
                raise NotKept from fault
    return kind_of(head)


def check_whole(pdf: Path) -> None:
    """Return if a PDF has its end. Raises BrokenFile: programs write the end within the last lines."""
    with pdf.open("rb") as content:
        content.seek(max(0, pdf.stat().st_size - _PDF_TAIL))
        if _PDF_END not in content.read():
            raise BrokenFile
