"""How far the page of a reply showed the thread; whether somebody has written since is asked when it is decided."""

from collections.abc import Mapping

from handlers.requests import first
from inbox.cases.commands import KINDS, Reply

DIGITS = 9
"""More than any thread has numbers."""


def seen_fields(tag: str, typed: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
    """The field of the command; none where the form does not say a number."""
    seen = first(typed, "seen")
    known = issubclass(KINDS[tag], Reply) and seen.isascii() and seen.isdecimal() and len(seen) <= DIGITS
    return {"seen": int(seen)} if known else {}
