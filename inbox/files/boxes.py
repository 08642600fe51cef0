"""The boxes that HEIC files are made of (ISO 14496-12), and where in the file the items they tell of lie."""

import struct
from collections.abc import Iterator

from msgspec import Struct

from inbox.files.errors import BrokenFile


class Box(Struct, frozen=True):
    """A box: its name, and from where to where in the file it and its content lie."""

    name: bytes
    start: int
    body: int
    end: int


class Extent(Struct, frozen=True):
    """A stretch of an item. `method` says from where `offset` counts: 0 the file, 1 the box `idat`."""

    method: int
    offset: int
    length: int


def boxes(content: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes side by side in this stretch. Raises BrokenFile if they do not fill it."""
    at = start
    while at < end:
        if end - at < 8:
            raise BrokenFile
        size, name = struct.unpack_from(">I4s", content, at)
        body = at + 8
        if size == 1 and end - at >= 16:
            (size,) = struct.unpack_from(">Q", content, body)
            body += 8
        if size == 0:
            size = end - at
        if at + size > end or at + size < body:
            raise BrokenFile
        yield Box(name, at, body, at + size)
        at += size


class Reader:
    """Numbers and texts one after the other. Raises BrokenFile at the end of the box."""

    def __init__(self, content: bytes, box: Box) -> None:
        self._content = content
        self._at = box.body
        self._end = box.end

    @property
    def at(self) -> int:
        """Where in the file the next one begins."""
        return self._at

    def number(self, size: int) -> int:
        """A number of so many bytes; none is zero."""
        return int.from_bytes(self.take(size), "big")

    def take(self, size: int) -> bytes:
        """So many bytes."""
        if self._at + size > self._end:
            raise BrokenFile
        self._at += size
        return self._content[self._at - size : self._at]


def item_types(content: bytes, iinf: Box) -> dict[int, bytes]:
    """What each item is, by its number: `hvc1` for a picture, `Exif`, `mime` and so on."""
    reader = Reader(content, iinf)
    version = reader.number(4) >> 24
    reader.number(2 if version == 0 else 4)
    types: dict[int, bytes] = {}
    for entry in boxes(content, reader.at, iinf.end):
        item = Reader(content, entry)
        version = item.number(4) >> 24
        # Older versions cannot say what an item is, so we could not find what to take out.
        if entry.name != b"infe" or version not in {2, 3}:
            raise BrokenFile
        number = item.number(2 if version == 2 else 4)
        item.number(2)
        types[number] = item.take(4)
    return types


def item_extents(content: bytes, iloc: Box) -> dict[int, list[Extent]]:
    """Where each item lies, by its number."""
    reader = Reader(content, iloc)
    version = reader.number(4) >> 24
    sizes = reader.number(2)
    offset, length, base, index = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15)
    wide = 4 if version == 2 else 2
    places: dict[int, list[Extent]] = {}
    for _ in range(reader.number(wide)):
        number = reader.number(wide)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        from_here = reader.number(base)
        places[number] = []
        for _ in range(reader.number(2)):
            reader.number(index if version else 0)
            places[number].append(Extent(method, from_here + reader.number(offset), reader.number(length)))
    return places
