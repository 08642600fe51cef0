"""Files of drafts and cases: `<owner>/<sha256>`, and beside it a small picture, `<owner>/<sha256>-preview`.

Named by content within one draft or case only: two cases never share a file, so nothing can be learned from one about
another.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncGenerator, AsyncIterable, Container, Iterable
from contextlib import aclosing
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from msgspec import Struct

from inbox.cases.errors import NoSuchFile
from inbox.files.errors import NoRoom
from inbox.files.kinds import Kind
from inbox.files.limits import Room
from inbox.files.object_store import Shelf
from inbox.files.pictures.sandbox import Workshop
from inbox.files.receiver import check_whole, receive
from inbox.files.scan import Scanner
from inbox.files.space import free_at

ARRIVING = "arriving"
"""Where parts of uploads lie that are not whole yet. No draft or case has such an id."""
_PREVIEW = "-preview"
_OWNER = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Kept(Struct, frozen=True):
    """A file that lies safely: durable when this is returned."""

    digest: str
    kind: Kind
    size: int
    width: int = 0
    """Of its preview; 0 where there is none."""
    height: int = 0
    locked: bool = False
    """A document that asks for a password or a certificate."""


class Files:
    """Takes files in, gives them out. Made once."""

    def __init__(self, shelf: Shelf, desk: Path, scanner: Scanner | None = None, floor: int = 0) -> None:
        self.shelf = shelf
        self._floor = floor
        self._desk = desk
        self._scanner = scanner
        self._workshop = Workshop()

    async def check_space(self, size: int = 0) -> None:
        """Return if a file of this size leaves as much free as must be left. Raises NoRoom."""
        places = [self._desk, *([self.shelf.folder] if self.shelf.folder is not None else [])]
        if await asyncio.to_thread(free_at, places) - size < self._floor:
            raise NoRoom

    async def keep(self, owner: str, chunks: AsyncIterable[bytes], room: Room, sender: str = "") -> Kept:
        """Take a file in as it arrives, look through it, make it anew, and keep it. Raises why it is not taken.

        Files of one sender wait for each other, and keep nobody else waiting.
        """
        home = _home(owner)
        await asyncio.to_thread(self._desk.mkdir, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._desk) as name:
            desk = Path(name)
            kind = await receive(desk / "arrived", chunks, room)
            if kind is Kind.PDF:
                await asyncio.to_thread(check_whole, desk / "arrived")
            # Before a decoder sees it.
            if self._scanner is not None:
                await self._scanner.look(desk / "arrived")
            made = await self._workshop.make(kind, desk, sender)
            digest = await asyncio.to_thread(_digest_of, made.file)
            await self.shelf.put(f"{home}/{digest}", made.file)
            if made.preview is not None:
                await self.shelf.put(f"{home}/{digest}{_PREVIEW}", made.preview)
            size = made.file.stat().st_size
        return Kept(digest=digest, kind=made.kind, size=size, width=made.width, height=made.height, locked=made.locked)

    async def read(self, owner: str, digest: str) -> AsyncGenerator[bytes]:
        """The content, block by block. Raises NoSuchFile at the first one."""
        async with aclosing(self.shelf.read(_path(owner, digest))) as blocks:
            async for block in blocks:
                yield block

    async def preview(self, owner: str, digest: str) -> bytes:
        """The small picture, as WebP. Raises NoSuchFile if there is none."""
        return b"".join([block async for block in self.shelf.read(_path(owner, digest) + _PREVIEW)])

    async def discard(self, owner: str, digest: str) -> None:
        """Take a file away; it is no error that it is gone already.

        The same content sent twice lies here once: ask only when nothing of the owner's names the digest any more.
        """
        path = _path(owner, digest)
        await self.shelf.remove((path, path + _PREVIEW))

    async def put_part(self, upload: str, part: str, content: bytes) -> None:
        """Keep a part of an upload."""
        await self.shelf.put_part(_part(upload, part), content)

    async def parts(self, upload: str, parts: Iterable[str]) -> AsyncGenerator[bytes]:
        """The parts of an upload in this order. Raises NoSuchFile if one is gone."""
        for part in parts:
            async with aclosing(self.shelf.read(_part(upload, part))) as blocks:
                async for block in blocks:
                    yield block

    async def drop_parts(self, upload: str, parts: Iterable[str]) -> None:
        """Take parts of an upload away."""
        await self.shelf.remove([_part(upload, part) for part in parts])

    async def sweep(self, wanted: Container[tuple[str, str]], uploads: Container[str], before: float) -> int:
        """Take away what was put there before that time and is neither wanted (by owner and digest) nor arriving."""
        stray = [
            each.path async for each in self.shelf.all() if each.at < before and not _named(each.path, wanted, uploads)
        ]
        await self.shelf.remove(stray)
        await self.shelf.tidy(before)
        await asyncio.to_thread(_clear, self._desk, before)
        return len(stray)


def _named(path: str, wanted: Container[tuple[str, str]], uploads: Container[str]) -> bool:
    owner, _, rest = path.partition("/")
    if owner == ARRIVING:
        return rest.partition("/")[0] in uploads
    return (owner, rest.removesuffix(_PREVIEW)) in wanted


def _clear(desk: Path, before: float) -> None:
    """What a stopped process was working on."""
    for left in desk.glob("*"):
        if left.stat().st_mtime < before:
            rmtree(left, ignore_errors=True)


def _digest_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _home(owner: str) -> str:
    if not _OWNER.fullmatch(owner) or owner == ARRIVING:
        raise NoSuchFile
    return owner


def _path(owner: str, digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise NoSuchFile
    return f"{_home(owner)}/{digest}"


def _part(upload: str, part: str) -> str:
    return f"{ARRIVING}/{_home(upload)}/{_home(part)}"
