"""What a link is made of: the same on either engine, and of nothing but what is stored."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

BEGINNING = ""
"""What the first link of a chain follows."""
_EVENT = (
    "id",
    "case_id",
    "seq",
    "at",
    "kind",
    "by",
    "role",
    "person_id",
    "seat",
    "unit_id",
    "addressed",
    "basis",
    "client_id",
    "version",
    "states",
)
_ACCESS = ("row", "case_id", "person_id", "seat", "party", "role", "unit_id", "what", "at")

Row = Mapping[Any, Any]


def digest_of(salt: str, body: str) -> str:
    """What stands for a body. Without the salt, which goes with the body, nobody can try what it may have been."""
    return _hash(salt, body)


def event_link(before: str, event: Row, digest: str) -> str:
    """The link of an event to the one before it in its case."""
    return _hash(before, *(event[name] for name in _EVENT), digest)


def access_link(access: Row) -> str:
    """What stands for a look at a case."""
    return _hash(*(access[name] for name in _ACCESS))


def block_link(before: str, links: Iterable[str]) -> str:
    """The link of a block of rows to the block before it."""
    return _hash(before, *links)


def _hash(*parts: object) -> str:
    # As a list: where one part ends and the next begins is part of it.
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
