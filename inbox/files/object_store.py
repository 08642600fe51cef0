"""The place where bytes lie: a folder, or a bucket that speaks S3. The one home of `obstore`."""

import asyncio
import os
from collections.abc import AsyncGenerator, Iterable
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from msgspec import Struct
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from inbox.cases.errors import NoSuchFile, NotKept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from obstore.store import ObjectStore

BLOCK = 256 * 1024
PATIENCE = timedelta(seconds=20)
"""How long a bucket may take to answer."""


class Bucket(Struct, frozen=True, kw_only=True):
    """Where a bucket is, and who we are there."""

    name: str
    endpoint: str
    region: str
    key: str
    secret: str


class Lying(Struct, frozen=True):
    """Something on the shelf, and when it was put there (seconds)."""

    path: str
    at: float


class Shelf:
    """Bytes by path. What is put there is there whole or not at all, and stays when the power goes."""

    def __init__(self, place: Path | Bucket) -> None:
        self.folder = place if isinstance(place, Path) else None
        """Where it is on this machine; None for a bucket."""
        self._place = place
        self._opened: ObjectStore | None = None

    async def put(self, path: str, source: Path) -> None:
        """Copy a file there. NotKept if that cannot be done now."""
        with _reachable():
            await obstore.put_async(self._store, path, source)
            await self._settle(path)

    async def put_part(self, path: str, content: bytes) -> None:
        """Put down something that may be lost when the power goes: it is sent again then."""
        with _reachable():
            await obstore.put_async(self._store, path, content)

    async def read(self, path: str) -> AsyncGenerator[bytes]:
        """What lies there, block by block. NoSuchFile at the first one."""
        with _reachable():
            got = await obstore.get_async(self._store, path)
            async for block in got.stream(min_chunk_size=BLOCK):
                yield bytes(block)

    async def remove(self, paths: Iterable[str]) -> None:
        """Take away; it is no error that it is gone already."""
        with _reachable():
            for path in paths:
                try:
                    await obstore.delete_async(self._store, path)
                except FileNotFoundError:
                    continue

    async def all(self) -> AsyncGenerator[Lying]:
        """Everything that lies there."""
        with _reachable():
            async for page in obstore.list(self._store):
                for each in page:
                    yield Lying(each["path"], each["last_modified"].timestamp())

    async def tidy(self, before: float) -> None:
        """Take away what a stopped process was writing at that time or earlier."""
        if self.folder is not None:
            await asyncio.to_thread(_tidy, self.folder, before)

    @property
    def _store(self) -> "ObjectStore":
        # Opened at the first use: a folder is made then, not when settings are only looked at.
        self._opened = self._opened or _opened(self._place)
        return self._opened

    async def _settle(self, path: str) -> None:
        if self.folder is not None:
            await asyncio.to_thread(_make_durable, self.folder, self.folder / path)


def _opened(place: Path | Bucket) -> "ObjectStore":
    if isinstance(place, Path):
        return LocalStore(place.absolute(), automatic_cleanup=True, mkdir=True)
    return S3Store(
        place.name,
        endpoint=place.endpoint or None,
        region=place.region,
        access_key_id=place.key,
        secret_access_key=place.secret,
        client_options={"allow_http": place.endpoint.startswith("http://"), "timeout": PATIENCE},
        retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
    )


@contextmanager
def _reachable() -> "Iterator[None]":
    """A shelf that cannot be reached, or is full, is a refusal: whoever sent something may send it again."""
    try:
        yield
    except FileNotFoundError:
        raise NoSuchFile from None
    except (BaseError, OSError) as fault:
        raise NotKept from fault


def _make_durable(root: Path, file: Path) -> None:
    # A file's name is kept by its folder, which has to reach the disk too.
    for path in (file, file.parent, root):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _tidy(folder: Path, before: float) -> None:
    # While it is written a file has a number at its end, and is in no list.
    for half in folder.rglob("*#*"):
        try:
            if half.stat().st_mtime < before:
                half.unlink()
        except FileNotFoundError:
            continue
