"""Pictures are made anew in a process of their own: what strangers send is unpacked where it can harm nothing."""

import asyncio
import logging
import sys
from pathlib import Path

import msgspec
from msgspec import Struct

from inbox.files.errors import BrokenFile, PictureTooHeavy, TooManyPixels
from inbox.files.kinds import Kind
from inbox.files.pictures.cost import MOST_POINTS, MOST_SCANS, SMALL, cost_of
from inbox.files.pictures.turns import Turns

log = logging.getLogger(__name__)

ROOT = Path(__file__).parents[3]
AT_ONCE = 2
"""More would take the memory, and the processor, from those who write to each other."""
PATIENCE = {Kind.PDF: 10}
"""Seconds after which a file is given up. Of a document only the picture of its first page is lost."""
PATIENCE_FOR_PICTURES = 30


class Result(Struct, frozen=True):
    """What the other process says of what it has made."""

    kind: Kind
    preview: bool = False
    width: int = 0
    height: int = 0
    too_large: bool = False
    locked: bool = False
    """A document that asks for a password or a certificate."""
    confined: bool = True
    """Whether the process could be shut in, so far as its system can."""


class Made(Struct, frozen=True):
    """What is to be kept: the file itself, and a small picture of it."""

    kind: Kind
    file: Path
    preview: Path | None
    width: int
    height: int
    locked: bool


class Workshop:
    """Makes pictures anew, a few at a time.

    Senders take turns, and what is small has places of its own: whoever sends heavy pictures waits for them alone.
    """

    def __init__(self) -> None:
        self._small, self._large = Turns(AT_ONCE), Turns(AT_ONCE)

    async def make(self, kind: Kind, desk: Path, sender: str) -> Made:
        """From `arrived` on the desk: the picture without anything beside it.

        Raises TooManyPixels or PictureTooHeavy before anything is unpacked, and BrokenFile.
        """
        cost = await asyncio.to_thread(cost_of, kind, desk / "arrived")
        if cost.points > MOST_POINTS:
            raise TooManyPixels
        if cost.scans > MOST_SCANS:
            raise PictureTooHeavy
        lane = self._small if cost.points * cost.scans <= SMALL else self._large
        async with lane.turn(sender):
            told = await _work(kind, desk)
        try:
            result = msgspec.json.decode(told, type=Result)
        except msgspec.DecodeError:
            # It fell, or was stopped. A document is kept as it came: only its picture could not be made.
            if kind is not Kind.PDF:
                raise BrokenFile from None
            result = Result(kind)
        if not result.confined:
            log.warning("pictures are unpacked without confinement")
        if result.too_large:
            raise TooManyPixels
        made = desk / ("arrived" if kind is Kind.PDF else "made")
        preview = desk / "preview" if result.preview else None
        return Made(result.kind, made, preview, result.width, result.height, result.locked)


async def _work(kind: Kind, desk: Path) -> bytes:
    """What the process says; nothing, if it came to no end."""
    # Nothing of our surroundings: no settings, no secrets.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "inbox.files.pictures.sandbox_worker", kind.value, str(desk),
        cwd=ROOT, env={}, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE.get(kind, PATIENCE_FOR_PICTURES)):
            told, _ = await process.communicate()
    except TimeoutError:
        return b""
    else:
        return told if process.returncode == 0 else b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
