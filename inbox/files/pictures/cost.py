"""What a picture would cost to unpack, told from its headers alone: asked before a decoder sees it.

Points are what memory and time go by; but a progressive JPEG goes over all its points once for each of its scans, and
a scan may be a few bytes long. Only structure is read here, by the service itself: no decoder, and nothing is unpacked.
"""

import re
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import unpack_from

from msgspec import Struct

from inbox.files.kinds import Kind

MOST_POINTS = 64_000_000
"""A phone takes 12 to 50 million. Twice their memory is needed while one is turned."""
MOST_SCANS = 40
"""Cameras and programs write at most 12, one for each step of sharpness and colour."""
SMALL = 16_000_000
"""Points times scans up to which a picture is made anew in about a second: what a phone takes by itself."""


class Cost(Struct, frozen=True):
    """How much there is to unpack."""

    points: int
    """Width times height; of what cannot be told before it is unpacked, as many as there may be."""
    scans: int = 1
    """How often they are gone over."""


UNKNOWN = Cost(MOST_POINTS)

# A mark in a JPEG's data: not a stuffed byte, not a filling one, not one of the marks to start anew from.
_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN, _END = 0xDA, 0xD9


def cost_of(kind: Kind, file: Path) -> Cost:
    """What a file that arrived as this kind would cost."""
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
        match kind:
            case Kind.JPEG:
                return _of_jpeg(content)
            case Kind.PNG if len(content) >= 24:
                width, height = unpack_from(">II", content, 16)
                return Cost(width * height)
            case Kind.WEBP if len(content) >= 30:
                return _of_webp(content[:30])
    return UNKNOWN


def _of_jpeg(content: mmap) -> Cost:
    """The first picture in it; what follows its end is never unpacked. Counting stops above what there may be."""
    at, points, scans = 2, 0, 0
    while scans <= MOST_SCANS and (mark := _MARK.search(content, at)) is not None:
        kind, at = content[mark.end() - 1], mark.end()
        if kind == _END or len(content) < at + 7:
            break
        if kind in _START_OF_FRAME:
            height, width = unpack_from(">HH", content, at + 3)
            points = max(points, height * width)
        scans += kind == _START_OF_SCAN
        at += int.from_bytes(content[at : at + 2])
    return Cost(points, max(1, scans)) if points else UNKNOWN


def _of_webp(head: bytes) -> Cost:
    match head[12:16]:
        case b"VP8X":
            return Cost((1 + int.from_bytes(head[24:27], "little")) * (1 + int.from_bytes(head[27:30], "little")))
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return Cost((1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF)))
        case b"VP8 ":
            width, height = unpack_from("<HH", head, 26)
            return Cost((width & 0x3FFF) * (height & 0x3FFF))
    return UNKNOWN
