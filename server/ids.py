"""Ids that sort by time: UUID version 7 (RFC 9562), from a moment and some randomness that are handed in."""

from uuid import UUID


def uuid7(milliseconds: int, randomness: bytes) -> str:
    """The id as text. `randomness` is ten bytes."""
    number = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(randomness[:10])
    number &= ~(0xF << 76) & ~(0b11 << 62)
    return str(UUID(int=number | 7 << 76 | 0b10 << 62))
