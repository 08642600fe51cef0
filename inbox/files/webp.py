"""WebP without what cameras and programs write beside the picture."""

import struct
from collections.abc import Iterator

from inbox.files.errors import BrokenFile
from inbox.files.exif import UPRIGHT, only_orientation, orientation

_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_PICTURE = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
# Flags of the extended header that say what else is in the file.
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def without_metadata(content: bytes) -> bytes:
    """The same picture, bit by bit, and nothing else. Raises BrokenFile."""
    chunks = list(_chunks(content))
    if not any(name in _PICTURE for name, _ in chunks):
        raise BrokenFile
    turned = max((orientation(_tiff(payload)) for name, payload in chunks if name == b"EXIF"), default=UPRIGHT)
    kept = [(name, payload) for name, payload in chunks if name in _KEPT]
    if kept[0][0] == b"VP8X":
        kept[0] = (b"VP8X", _flagged(kept[0][1], exif=turned != UPRIGHT))
        if turned != UPRIGHT:
            kept.append((b"EXIF", only_orientation(turned)))
    body = b"".join(_chunk(name, payload) for name, payload in kept)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and payload of each. What follows the length that the file says it has is not taken along."""
    (length,) = struct.unpack_from("<I", content, 4)
    end, at = 8 + length, 12
    if len(content) < end:
        raise BrokenFile
    while at + 8 <= end:
        name, size = struct.unpack_from("<4sI", content, at)
        payload = content[at + 8 : at + 8 + size]
        if len(payload) < size or at + 8 + size > end:
            raise BrokenFile
        yield name, payload
        at += 8 + size + size % 2


def _tiff(payload: bytes) -> bytes:
    # Some programs put JPEG's own heading before it.
    return payload.removeprefix(b"Exif\x00\x00")


def _flagged(header: bytes, *, exif: bool) -> bytes:
    if len(header) != 10:
        raise BrokenFile
    return bytes([header[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if exif else 0)]) + header[1:]


def _chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack("<4sI", name, len(payload)) + payload + b"\x00" * (len(payload) % 2)
