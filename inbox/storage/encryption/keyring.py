"""The keys, in a file apart from the database, and what is encrypted with them.

A key is known by its fingerprint, which follows from it: with every encrypted field stands the fingerprint of its key.
So a wrong key is a key that is missing, and nothing has to be tried out. Each field is bound to its table, column and
row: moved elsewhere it cannot be read.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import lru_cache
from os import fsync
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

KEY_BYTES, NONCE_BYTES, SALT_BYTES = 32, 12, 16
FINGERPRINT = 16
"""Letters of a key's fingerprint: what an encrypted field begins with."""
REMEMBERED = 5_000
"""Names that are kept decrypted: the same few are asked for with every look at a case."""

KeyId = str


class BrokenKeyFile(Exception):
    """The file of keys cannot be used. The text says why, without what is in it."""


class MissingKey(Exception):
    """The file has no such key. The text says which, and what to do."""

    def __init__(self, id: KeyId, path: Path) -> None:
        super().__init__(
            f"Key {id}, with which the database is encrypted, is not in {path}. "
            "Put back the file that was kept apart from the backups; nothing else can read these fields."
        )


class NotAuthentic(Exception):
    """A field is not what was encrypted there. The text says which."""


class Key(Struct, frozen=True):
    """One key, in the four that are derived from it: none of them tells anything of another."""

    id: KeyId
    cipher: AESGCM
    index: bytes
    """For the index of numbers that are looked for."""
    signer: Ed25519PrivateKey
    """For what is to be known as ours outside of the database."""


class Keyring:
    """The keys of a file, read again when one is asked for that was not there. `random` gives so many random bytes."""

    def __init__(self, path: Path, random: Callable[[int], bytes], *, may_make: bool = False) -> None:
        self.path = path
        self._random = random
        self._may_make = may_make
        self._keys: dict[KeyId, Key] = {}
        self.remembered = lru_cache(REMEMBERED)(self.decrypt)
        """`decrypt` for what is read again and again, and little."""

    def key(self, id: KeyId) -> Key:
        """The key with that fingerprint; MissingKey."""
        if id not in self._keys:
            self._read()
        found = self._keys.get(id)
        if found is None:
            raise MissingKey(id, self.path)
        return found

    def newest(self) -> KeyId:
        """The last key in the file; where there is no file, and one may be made, a first one. Raises BrokenKeyFile."""
        found = self._read()
        if found:
            return found[-1]
        if not self._may_make:
            raise BrokenKeyFile(f"There is no key in {self.path}. Make one: python -m server keys add")
        return self.add()

    def add(self) -> KeyId:
        """One more key at the end of the file, which only we can read."""
        line = b64encode(self._random(KEY_BYTES)) + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Added in one go, to what others may add at the same time.
        self.path.touch(mode=0o600)
        with self.path.open("ab", buffering=0) as file:
            file.write(line)
            fsync(file.fileno())
        return self._read()[-1]

    def encrypt(self, id: KeyId, text: str, place: str) -> str:
        """The text as it lies at that place, with the fingerprint of its key."""
        nonce = self._random(NONCE_BYTES)
        sealed = self.key(id).cipher.encrypt(nonce, text.encode(), place.encode())
        return id + b64encode(nonce + sealed).decode()

    def decrypt(self, field: str, place: str) -> str:
        """The text again. Raises MissingKey, or NotAuthentic where it was not encrypted for this place."""
        try:
            sealed = b64decode(field[FINGERPRINT:], validate=True)
            nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
            return self.key(field[:FINGERPRINT]).cipher.decrypt(nonce, text, place.encode()).decode()
        except (InvalidTag, ValueError):
            raise NotAuthentic(place) from None

    def index_of(self, id: KeyId, text: str) -> str:
        """What stands for the text in an index: the same for the same text, and nothing without the key."""
        return id + hmac.digest(self.key(id).index, text.encode(), "sha256").hex()

    def salt(self) -> str:
        """Something that nobody can guess."""
        return self._random(SALT_BYTES).hex()

    def sign(self, id: KeyId, text: str) -> str:
        """What proves that whoever had the key wrote the text."""
        return b64encode(self.key(id).signer.sign(text.encode())).decode()

    def is_signed(self, id: KeyId, text: str, signature: str) -> bool:
        """Whether it proves that. Raises MissingKey."""
        try:
            self.key(id).signer.public_key().verify(b64decode(signature, validate=True), text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True

    def _read(self) -> list[KeyId]:
        """Learn the keys of the file; their fingerprints, the oldest first. What was known before stays known."""
        try:
            lines = self.path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            lines = []
        except (OSError, ValueError):
            raise BrokenKeyFile(f"The keys in {self.path} cannot be read.") from None
        found = [_key(line, f"line {n} of {self.path}") for n, line in enumerate(lines, start=1) if line.strip()]
        self._keys |= {key.id: key for key in found}
        return [key.id for key in found]


def _key(line: str, where: str) -> Key:
    try:
        secret = b64decode(line.strip(), validate=True)
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise BrokenKeyFile(f"There is no key at {where}: each line is one, as `python -m server keys add` writes it.")
    return Key(
        id=_derived(secret, "fingerprint", FINGERPRINT // 2).hex(),
        cipher=AESGCM(_derived(secret, "fields", KEY_BYTES)),
        index=_derived(secret, "index", KEY_BYTES),
        signer=Ed25519PrivateKey.from_private_bytes(_derived(secret, "heads", KEY_BYTES)),
    )


def _derived(secret: bytes, what_for: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=f"gensvar {what_for}".encode()).derive(secret)
