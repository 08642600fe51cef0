"""HEIC, as phones take photos, without what they write beside the picture.

Other parts of the file are found by their place in it, so nothing is moved: what must go is written over with zeros.
"""

from inbox.files.boxes import Box, Extent, boxes, item_extents, item_types
from inbox.files.errors import BrokenFile

_KEPT = frozenset({b"ftyp", b"meta", b"mdat", b"free", b"skip"})
# Which way is up is a property of the picture in HEIC, so nothing of Exif is needed.
_METADATA = frozenset({b"Exif", b"mime", b"uri "})
# Exif that says nothing, after the four bytes of HEIC's own: some programs stumble over zeros alone.
_EMPTY = bytes(4) + b"II*\x00\x08\x00\x00\x00" + bytes(6)


def without_metadata(content: bytes) -> bytes:
    """The same picture, with zeros for place, time and camera; films and texts beside it too. Raises BrokenFile."""
    blanked = bytearray(content)
    top = list(boxes(content, 0, len(content)))
    metas = [box for box in top if box.name == b"meta"]
    if len(metas) != 1 or all(box.name != b"mdat" for box in top):
        raise BrokenFile
    for box in top:
        if box.name not in _KEPT:
            _blank_box(blanked, box)
    _blank_items(content, blanked, metas[0])
    return bytes(blanked)


def _blank_items(content: bytes, blanked: bytearray, meta: Box) -> None:
    # Four bytes of version and flags come before the boxes inside.
    inside = {box.name: box for box in boxes(content, meta.body + 4, meta.end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        raise BrokenFile
    places = item_extents(content, inside[b"iloc"])
    for number, kind in item_types(content, inside[b"iinf"]).items():
        if kind in _METADATA:
            for extent in places.get(number, []):
                _blank_extent(blanked, extent, inside.get(b"idat"), _EMPTY if kind == b"Exif" else b"")
    for box in inside.values():
        if box.name in {b"uuid", b"udta", b"xml ", b"bxml"}:
            _blank_box(blanked, box)


def _blank_extent(blanked: bytearray, extent: Extent, idat: Box | None, instead: bytes) -> None:
    start = extent.offset
    if extent.method == 1 and idat is not None:
        start += idat.body
    elif extent.method != 0:
        raise BrokenFile
    # A length of zero would mean "to the end of the file".
    if extent.length == 0 or start + extent.length > len(blanked):
        raise BrokenFile
    blanked[start : start + extent.length] = instead[: extent.length].ljust(extent.length, b"\x00")


def _blank_box(blanked: bytearray, box: Box) -> None:
    blanked[box.start + 4 : box.start + 8] = b"free"
    blanked[box.body : box.end] = bytes(box.end - box.body)
