"""Whether something that may lie nowhere lies somewhere all the same, in whatever form a program would write it."""

from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, quote_plus


def found_in(path: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """Which of the words stand in a file, or in any file of a folder, each with the files' names."""
    found = dict[str, list[str]]()
    wanted = {word: forms_of(word) for word in words}
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        content = file.read_bytes() if file.is_file() else b""
        for word, forms in wanted.items():
            if any(form in content for form in forms):
                found.setdefault(word, []).append(file.name)
    return found


def forms_of(word: str) -> frozenset[bytes]:
    """The word in plain, in wide letters, in base64 at each of three places, and as addresses and JSON have it."""
    plain = word.encode()
    # Of base64 what does not hang on the neighbours.
    coded = {b64encode(b"." * before + plain)[4 * (before > 0) : -4] for before in range(3)}
    escaped = "".join(char if char.isascii() else f"\\u{ord(char):04x}" for char in word).encode()
    addresses = {quote(word).encode(), quote_plus(word).encode(), quote(word).lower().encode()}
    wide = {word.encode("utf-16-le"), word.encode("utf-16-be")}
    return frozenset({plain, escaped, plain.hex().encode(), *coded, *addresses, *wide})
