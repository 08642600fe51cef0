"""A file comes in, and is looked at while it comes: nobody fills the disk with what is refused in the end."""

import asyncio
from collections.abc import AsyncIterable
from pathlib import Path
from typing import BinaryIO

from inbox.cases.errors import NotKept
from inbox.files.errors import BrokenFile
from inbox.files.kinds import HEAD, Kind, check_beginning, kind_of
from inbox.files.limits import Room

_PDF_END = b"%%EOF"
_PDF_TAIL = 64 * 1024
"""Bytes after a PDF's end that are let pass: what mail programs and servers put there."""
_FILLING = b"\0\t\n\x0c\r \x1a\xff"
"""Bytes with which a file is filled up to a whole block: there may be any number of them."""
_BLOCK = 64 * 1024


async def receive(target: Path, chunks: AsyncIterable[bytes], room: Room) -> Kind:
    """Write what arrives to a file; its kind. Raises EmptyFile, WrongKind, TooBig, OverQuota or OverDay."""
    head, size = b"", 0
    with target.open("wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            room.check(size)
            if len(head) < HEAD:
                head += chunk[: HEAD - len(head)]
                check_beginning(head)
            try:
                await asyncio.to_thread(file.write, chunk)
            except OSError as fault:
                raise NotKept from fault
    return kind_of(head)


def check_whole(pdf: Path) -> None:
    """Return if a PDF has its end. Raises BrokenFile: programs write the end last, but for filling."""
    with pdf.open("rb") as content:
        end = _end_of_content(content, pdf.stat().st_size)
        content.seek(max(0, end - _PDF_TAIL))
        if _PDF_END not in content.read(min(end, _PDF_TAIL)):
            raise BrokenFile


def _end_of_content(content: BinaryIO, size: int) -> int:
    """Where the filling at the end begins."""
    end = size
    while end:
        begin = max(0, end - _BLOCK)
        content.seek(begin)
        block = content.read(end - begin).rstrip(_FILLING)
        if block:
            return begin + len(block)
        end = begin
    return 0
