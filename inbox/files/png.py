"""PNG without texts, time stamps and whatever else is written beside the picture."""

import struct
import zlib
from collections.abc import Iterator

from inbox.files.errors import BrokenFile
from inbox.files.exif import UPRIGHT, only_orientation, orientation

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What is needed to draw the picture (also a moving one) in the right colours and size. All else is left out.
_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs acTL fcTL fdAT".split(),
)


def without_metadata(content: bytes) -> bytes:
    """The same picture, bit by bit, and nothing else. Raises BrokenFile."""
    kept = [_SIGNATURE]
    for name, payload in _chunks(content):
        if name == b"eXIf" and (turned := orientation(payload)) != UPRIGHT:
            kept.append(_chunk(name, only_orientation(turned)))
        elif name in _KEPT:
            kept.append(_chunk(name, payload))
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and payload of each, up to the end of the picture; what follows it is not taken along."""
    at, pictures = len(_SIGNATURE), 0
    while True:
        if len(content) < at + 12:
            raise BrokenFile
        length, name = struct.unpack_from(">I4s", content, at)
        payload = content[at + 8 : at + 8 + length]
        at += 12 + length
        if len(content) < at or zlib.crc32(name + payload) != int.from_bytes(content[at - 4 : at], "big"):
            raise BrokenFile
        yield name, payload
        pictures += name == b"IDAT"
        if name == b"IEND":
            break
    if not pictures:
        raise BrokenFile


def _chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">I4s", len(payload), name) + payload + struct.pack(">I", zlib.crc32(name + payload))
