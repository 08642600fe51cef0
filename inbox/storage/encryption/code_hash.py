"""What is kept of a receipt code: nothing that it can be told from."""

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

PASSES, MEMORY_KIB, LANES = 2, 19 * 1024, 1
"""OWASP's least for Argon2id."""
_SALT = b"gensvar receipt code"
# A code is looked for by its hash, so all have one salt. A salt hinders that a table made beforehand opens many, and
# that two alike are seen to be: of 86 random bits there is no such table, and no two alike.


def hash_of_code(code: str) -> str:
    """64 letters, after some 50 ms of work and 19 MiB: for a thread of its own."""
    derived = Argon2id(salt=_SALT, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    return derived.derive(code.encode()).hex()
