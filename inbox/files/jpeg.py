"""JPEG without what cameras and programs write beside the picture."""

import re
import struct
from collections.abc import Iterator

from inbox.files.errors import BrokenFile
from inbox.files.exif import UPRIGHT, only_orientation, orientation

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
# Frames, tables and scans. All else is an application's own, a comment, or reserved.
_DRAWING = range(0xC0, 0xE0)
_EXIF = b"Exif\x00\x00"
# The end of a stretch of picture data: a marker that is neither a stuffed byte, a restart nor padding.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def without_metadata(content: bytes) -> bytes:
    """The same picture, bit by bit, without place, time, camera, comments and hidden pictures. Raises BrokenFile."""
    kept = [b"\xff\xd8"]
    turned = UPRIGHT
    pictures = 0
    for marker, payload, scan in _segments(content):
        if marker == _APP1 and payload.startswith(_EXIF):
            turned = orientation(payload[len(_EXIF) :])
        pictures += marker == _SOS
        kept.append(_segment(marker, _allowed(marker, payload)) + scan)
    if not pictures:
        raise BrokenFile
    if turned != UPRIGHT:
        kept.insert(1, _segment(_APP1, _EXIF + only_orientation(turned)))
    # What follows the end of the picture (a second picture with its own Exif, a film) is not taken along.
    return b"".join((*kept, b"\xff\xd9"))


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, payload and the picture data that follows; the end marker is not among them."""
    at = 2
    while True:
        marker, at = _marker(content, at)
        if marker == _EOI:
            return
        if marker == _SOI or len(content) < at + 2:
            raise BrokenFile
        (length,) = struct.unpack_from(">H", content, at)
        payload = content[at + 2 : at + length]
        at += length
        if length < 2 or len(content) < at:
            raise BrokenFile
        end = at
        if marker == _SOS:
            found = _MARKER.search(content, at)
            if found is None:
                raise BrokenFile
            end = found.start()
        yield marker, payload, content[at:end]
        at = end


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The marker at this place, and where it ends. Padding before it is allowed."""
    if content[at : at + 1] != b"\xff":
        raise BrokenFile
    while content[at : at + 1] == b"\xff":
        at += 1
    if at >= len(content):
        raise BrokenFile
    return content[at], at + 1


def _allowed(marker: int, payload: bytes) -> bytes | None:
    """What stays of a segment; None when nothing does. Of the application's own: only what is needed for colours."""
    if marker == _APP0 and payload.startswith(b"JFIF\x00") and len(payload) >= 14:
        # Without the small picture, which may show what was cut away from the large one.
        return payload[:12] + b"\x00\x00"
    if marker == _APP2 and payload.startswith(b"ICC_PROFILE\x00"):
        return payload
    if marker == _APP14 and payload.startswith(b"Adobe"):
        return payload
    return payload if marker in _DRAWING else None


def _segment(marker: int, payload: bytes | None) -> bytes:
    return b"" if payload is None else struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload
