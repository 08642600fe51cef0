"""Pictures are made anew in a process of their own: what strangers send is unpacked where it can harm nothing."""

import asyncio
import sys
from pathlib import Path

import msgspec
from msgspec import Struct

from inbox.files.errors import BrokenFile, TooManyPixels
from inbox.files.kinds import Kind

ROOT = Path(__file__).parents[2]
AT_ONCE = 2
"""More would take the memory, and the processor, from those who write to each other."""
PATIENCE = 60
"""Seconds after which a picture is given up."""


class Result(Struct, frozen=True):
    """What the other process says of what it has made."""

    kind: Kind
    preview: bool = False
    width: int = 0
    height: int = 0
    too_large: bool = False


class Made(Struct, frozen=True):
    """What is to be kept: the file itself, and a small picture of it."""

    kind: Kind
    file: Path
    preview: Path | None
    width: int
    height: int


class Workshop:
    """Makes pictures anew, a few at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)

    async def make(self, kind: Kind, desk: Path) -> Made:
        """From `arrived` on the desk: the picture without anything beside it. Raises BrokenFile or TooManyPixels."""
        async with self._places:
            told = await _work(kind, desk)
        try:
            result = msgspec.json.decode(told, type=Result)
        except msgspec.DecodeError:
            # It fell, or was stopped. A document is kept as it came: only its picture could not be made.
            if kind is not Kind.PDF:
                raise BrokenFile from None
            result = Result(kind)
        if result.too_large:
            raise TooManyPixels
        made = desk / ("arrived" if kind is Kind.PDF else "made")
        preview = desk / "preview" if result.preview else None
        return Made(result.kind, made, preview, result.width, result.height)


async def _work(kind: Kind, desk: Path) -> bytes:
    """What the process says; nothing, if it came to no end."""
    # Nothing of our surroundings: no settings, no secrets.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "inbox.files.making", kind.value, str(desk),
        cwd=ROOT, env={}, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE):
            told, _ = await process.communicate()
    except TimeoutError:
        return b""
    else:
        return told if process.returncode == 0 else b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
