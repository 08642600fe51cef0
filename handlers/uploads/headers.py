"""What the headers of tus 1.0 say, as values, or Malformed (https://tus.io/protocols/resumable-upload)."""

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from hmac import compare_digest
from typing import Any

from aiohttp import web

from inbox.cases.errors import Malformed

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,expiration,termination"
ALGORITHMS: dict[str, Callable[[], Any]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
}
"""By which parts may be checked; the protocol demands the first."""
_LONGEST = 18


class Sum:
    """The checksum that a part came with, and the one it has."""

    def __init__(self, algorithm: str, told: bytes) -> None:
        self._digest = ALGORITHMS[algorithm]()
        self._told = told

    def update(self, block: bytes, /) -> None:
        """One block more."""
        self._digest.update(block)

    def holds(self) -> bool:
        """Whether they are the same."""
        return compare_digest(self._digest.digest(), self._told)


def number(request: web.Request, name: str) -> int:
    """A length or an offset; Malformed if it is none."""
    text = request.headers.get(name, "")
    if not text.isascii() or not text.isdecimal() or len(text) > _LONGEST:
        raise Malformed(where=name)
    return int(text)


def metadata(request: web.Request) -> dict[str, str]:
    """`Upload-Metadata`: pairs of a name and a text in base64; Malformed where one is not."""
    found = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except ValueError:
            raise Malformed(where="Upload-Metadata") from None
    return found


def checksum(request: web.Request) -> Sum | None:
    """What the part should add up to; None if it does not say. Malformed for an algorithm that we do not know."""
    if "Upload-Checksum" not in request.headers:
        return None
    algorithm, _, told = request.headers["Upload-Checksum"].partition(" ")
    if algorithm not in ALGORITHMS:
        raise Malformed(where="Upload-Checksum")
    try:
        return Sum(algorithm, base64.b64decode(told, validate=True))
    except ValueError:
        raise Malformed(where="Upload-Checksum") from None


def day(moment: datetime) -> str:
    """As HTTP writes moments."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
