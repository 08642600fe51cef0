"""Exif, as cameras write it: where, when and with what. Of all this only which way is up may stay."""

import struct

_ORIENTATION = 0x0112
_SHORT = 3
UPRIGHT = 1


def orientation(tiff: bytes) -> int:
    """Which way up the picture is (1 to 8); upright when the data does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return UPRIGHT
    try:
        (first,) = struct.unpack_from(order + "4xI", tiff)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for at in range(first + 2, first + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, at)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return int(value) if 1 <= value <= 8 else UPRIGHT
    except struct.error:
        # Pointers that lead outside: as good as nothing said.
        return UPRIGHT
    return UPRIGHT


def only_orientation(value: int) -> bytes:
    """Exif that says which way is up, and nothing else."""
    header = struct.pack("<2sHI", b"II", 42, 8)
    entry = struct.pack("<HHIHH", _ORIENTATION, _SHORT, 1, value, 0)
    return header + struct.pack("<H", 1) + entry + struct.pack("<I", 0)
