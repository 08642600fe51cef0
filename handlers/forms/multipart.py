"""A form with files, part by part: texts within the limit of any form, files only from somebody, with our token."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import IO

from aiohttp import BodyPartReader, web
from msgspec import Struct

from dialogs.errors import Refused
from handlers.requests import csrf_holds, plain, readable, services_of
from handlers.services import SignedIn
from inbox.attachments.attaching import ToCase
from inbox.cases.errors import Malformed
from inbox.files.limits import MEGABYTE

BLOCK = 64 * 1024
MOST_PARTS = 300
"""Fields and files together. The largest form, a final answer, has some fifty."""

Typed = Mapping[str, tuple[str, ...]]


class Arrived(Struct, frozen=True):
    """A file that came with a form, in a temporary file that is gone with the last who knows it."""

    filename: str
    file: IO[bytes] | None
    """None: it was not read, for nobody may attach it."""


class _Room:
    """How much of the form may still be read."""

    def __init__(self, left: int) -> None:
        self._left = left

    def take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise web.HTTPRequestEntityTooLarge(max_size=0)


async def read_multipart(request: web.Request, signed_in: SignedIn | None) -> tuple[Typed, tuple[Arrived, ...]]:
    """What was typed, and the files.

    The token stands first in every form of ours. Until it was seen to be this browser's, and somebody is signed in who
    may attach to the case, a file is read past. HTTPRequestEntityTooLarge or Malformed where it is no form of ours.
    """
    texts = _Room(request.client_max_size)
    content = _Room(services_of(request).attaching.allowance.draft.total + MEGABYTE)
    typed: dict[str, list[str]] = defaultdict(list)
    files: list[Arrived] = []
    with readable():
        reader = await request.multipart()
        for _ in range(MOST_PARTS):
            part = await reader.next()
            if part is None:
                break
            if not isinstance(part, BodyPartReader) or part.name is None or not _as_it_is(part):
                raise Malformed(where="$")
            if part.filename is None:
                typed[part.name].append(await _text(part, texts))
            elif part.filename:
                may = await _may_attach(request, signed_in, typed)
                files.append(Arrived(part.filename, await _content(part, content, keep=may)))
        else:
            raise Malformed(where="$")
    return {name: tuple(values) for name, values in typed.items()}, tuple(files)


async def _may_attach(request: web.Request, signed_in: SignedIn | None, typed: Mapping[str, list[str]]) -> bool:
    if signed_in is None or not csrf_holds(request, next(iter(typed.get("csrf", ())), "")):
        return False
    goal = ToCase(request.match_info["case"], signed_in.identity, next(iter(typed.get("client_id", ())), ""))
    try:
        await services_of(request).attaching.may_attach(goal)
    except Refused:
        # Said once the form has been read, with everything that was typed.
        return False
    return True


def _as_it_is(part: BodyPartReader) -> bool:
    """Whether it comes unpacked, as browsers send it."""
    how = part.headers.get("Content-Transfer-Encoding", "binary").casefold()
    return how in {"7bit", "8bit", "binary"} and "Content-Encoding" not in part.headers


async def _text(part: BodyPartReader, room: _Room) -> str:
    content = bytearray()
    while block := await part.read_chunk(BLOCK):
        room.take(len(block))
        content += block
    return plain(content.decode(part.get_charset("utf-8")))


async def _content(part: BodyPartReader, room: _Room, *, keep: bool) -> IO[bytes] | None:
    file: IO[bytes] | None = TemporaryFile() if keep else None  # noqa: SIM115 - it is the form's from here on
    while block := await part.read_chunk(BLOCK):
        room.take(len(block))
        if file is not None:
            await asyncio.to_thread(file.write, block)
    if file is not None:
        file.seek(0)
    return file
