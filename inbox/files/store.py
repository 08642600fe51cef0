"""Where files lie: `<folder>/<owner>/<sha256>`.

Named by content within one draft or case only: two cases never share a file, so nothing can be learned from one about
another.
"""

import asyncio
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterable, AsyncIterator, Container
from contextlib import suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from inbox.errors import NoSuchFile
from inbox.files.clean import cleaned
from inbox.files.kinds import HEAD, Kind, kind_of
from inbox.files.limits import Room

BLOCK = 256 * 1024
_OWNER = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ARRIVING = "arriving-"


class Kept(Struct, frozen=True):
    """A file that lies safely: durable when this is returned."""

    digest: str
    kind: Kind
    size: int


async def keep(folder: Path, owner: str, chunks: AsyncIterable[bytes], room: Room) -> Kept:
    """Take a file in as it arrives, clean it, and keep it. Raises the refusals of `inbox.files.errors`."""
    home = _home(folder, owner)
    await asyncio.to_thread(home.mkdir, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=home, prefix=_ARRIVING) as arriving:
        await _receive(arriving, chunks, room)
        return await asyncio.to_thread(_clean_and_keep, home, arriving)


async def read(folder: Path, owner: str, digest: str) -> AsyncIterator[bytes]:
    """The content, block by block. Raises NoSuchFile at the first one."""
    try:
        file = await asyncio.to_thread(_path(folder, owner, digest).open, "rb")
    except FileNotFoundError:
        raise NoSuchFile from None
    with file:
        while block := await asyncio.to_thread(file.read, BLOCK):
            yield block


async def discard(folder: Path, owner: str, digest: str) -> None:
    """Take a file away; it is no error that it is gone already.

    The same content sent twice lies here once: ask only when nothing of the owner's names the digest any more.
    """
    await asyncio.to_thread(_path(folder, owner, digest).unlink, missing_ok=True)


async def sweep(folder: Path, wanted: Container[tuple[str, str]], before: float) -> int:
    """Take away what is not wanted (by owner and digest) and was last written before that time; how many files."""
    return await asyncio.to_thread(_sweep, folder, wanted, before)


async def _receive(arriving: IO[bytes], chunks: AsyncIterable[bytes], room: Room) -> None:
    head = b""
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        # While it arrives, so that nobody can fill the disk with what is refused in the end.
        room.check(size)
        if len(head) < HEAD:
            head += chunk[: HEAD - len(head)]
            if len(head) == HEAD:
                kind_of(head)
        await asyncio.to_thread(arriving.write, chunk)


def _clean_and_keep(home: Path, arriving: IO[bytes]) -> Kept:
    arriving.seek(0)
    kind, content = cleaned(arriving.read())
    digest = hashlib.sha256(content).hexdigest()
    with tempfile.NamedTemporaryFile(dir=home, prefix=_ARRIVING, delete=False) as whole:
        try:
            whole.write(content)
            whole.flush()
            os.fsync(whole.fileno())
            # Either the old or the new file is there, never half a one.
            Path(whole.name).replace(home / digest)
        except BaseException:
            Path(whole.name).unlink(missing_ok=True)
            raise
    _make_durable(home)
    _make_durable(home.parent)
    return Kept(digest=digest, kind=kind, size=len(content))


def _make_durable(folder: Path) -> None:
    # A file's name is kept by its folder, which has to reach the disk too.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path, wanted: Container[tuple[str, str]], before: float) -> int:
    swept = 0
    for path in folder.glob("*/*"):
        if (path.parent.name, path.name) not in wanted and _older(path, before):
            path.unlink(missing_ok=True)
            swept += 1
    for home in folder.glob("*/"):
        if _older(home, before):
            # Not empty: somebody's files are there.
            with suppress(OSError):
                home.rmdir()
    return swept


def _older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


def _home(folder: Path, owner: str) -> Path:
    if not _OWNER.fullmatch(owner):
        raise NoSuchFile
    return folder / owner


def _path(folder: Path, owner: str, digest: str) -> Path:
    if not _DIGEST.fullmatch(digest):
        raise NoSuchFile
    return _home(folder, owner) / digest
