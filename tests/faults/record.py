"""What happened, as the people at the sockets saw it: a line for all that was sent, acknowledged, refused, received."""

import time
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct


class What(StrEnum):
    """What a line tells."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    """With the code of the refusal as its mark."""
    HEARD = "heard"
    """A mark stood in a frame that came, whatever it was the answer to."""
    PUSHED = "pushed"
    """An entry came by itself, under this number."""
    SHOWN = "shown"
    """An entry was put where the person sees it: the next number, by a push or by catching up."""
    GONE = "gone"
    """It was said that the case is no longer theirs."""
    OPENED = "opened"
    CUT = "cut"


class Line(Struct, frozen=True, omit_defaults=True, gc=False):
    """One thing that happened to one socket. `n` is the person's own number, in the thread or at the desk.

    Not for the collector: a soak writes 700,000 of them, and what looks through them all stops the clock by 80 ms.
    """

    at: float
    who: str
    what: What
    mark: str = ""
    n: int = 0
    desk: bool = False


class Record:
    """Every line of a run, in the order in which it happened."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def note(self, who: str, what: What, mark: str = "", n: int = 0, *, desk: bool = False) -> None:
        """Write a line down, now."""
        self.lines.append(Line(time.monotonic(), who, what, mark, n, desk))

    def count(self, what: What) -> int:
        """How many lines of a kind."""
        return sum(line.what is what for line in self.lines)

    def save(self, path: Path) -> None:
        """Write everything to a file, a JSON object a line."""
        path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in self.lines))
