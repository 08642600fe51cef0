"""A database with its attachments, and what was read there, as small files."""

import lzma
import tarfile
from pathlib import Path

import msgspec

Facts = dict[str, dict[str, list[str]]]
"""What somebody read: by person and address, the lines of the page."""


def pack(folder: Path, archive: Path) -> None:
    """Database and attachments, in one file."""
    with tarfile.open(archive, "w:xz", preset=9) as tar:
        for path in sorted(folder.iterdir()):
            tar.add(path, path.name)


def unpack(archive: Path, folder: Path) -> None:
    """What was packed, into the folder."""
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")


def record(facts: Facts, file: Path) -> None:
    """Keep what was read."""
    file.write_bytes(lzma.compress(msgspec.json.encode(facts), preset=9))


def recorded(file: Path) -> Facts:
    """What was read then."""
    return msgspec.json.decode(lzma.decompress(file.read_bytes()), type=Facts)
