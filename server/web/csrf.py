"""Tokens of forms, and keys of people: made from what is known, so that nothing needs to be kept."""

import hashlib
import hmac
from base64 import urlsafe_b64encode


def token_for(secret: bytes, session: str) -> str:
    """The token that forms of this session carry."""
    digest = hmac.digest(secret, b"csrf:" + _bytes(session), hashlib.sha256)
    return urlsafe_b64encode(digest[:24]).decode()


def holds(secret: bytes, session: str, token: str) -> bool:
    """Whether a token is this session's. Takes the same time for every wrong one."""
    return bool(session) and hmac.compare_digest(_bytes(token_for(secret, session)), _bytes(token))


def person_key(secret: bytes, person: str) -> str:
    """What a browser knows a person by: the same at every sign-in, and telling nothing about who it is."""
    digest = hmac.digest(secret, b"person:" + person.encode(), hashlib.sha256)
    return urlsafe_b64encode(digest[:12]).decode()


def _bytes(text: str) -> bytes:
    # What a browser sends may hold bytes that are no letters: they match nothing of ours.
    return text.encode(errors="replace")
