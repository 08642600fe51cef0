"""What a story was listened by, in a few letters: another list or another rule is another version."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
LETTERS = 12


@cache
def version() -> str:
    """By all lists and rules of listening, as they lie beside this file."""
    known = sha256()
    for path in sorted((*HERE.rglob("*.toml"), *HERE.rglob("*.py"))):
        known.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return known.hexdigest()[:LETTERS]
