"""Tokens: what a provider signed, looked through; what we sign. Plain functions, and the only home of `joserfc`.

A token is believed only if it is signed with an algorithm that was pinned beforehand by a key that the provider
publishes, made by that provider, for us alone, lately, and for exactly this sign-in.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypeGuard

from joserfc import jwe, jwk, jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry

from dialogs.errors import Category, Refused

SKEW = 60
"""Seconds that the clocks of two machines may differ."""
OLDEST = 600
"""Seconds since a token was made: it comes straight from the provider."""
ASSERTED_FOR = 60
"""Seconds that what we sign is good for."""
LONGEST = 64 * 1024
"""Characters of a token that are looked at."""
SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout"

Keys = jwk.KeySet
Facts = Mapping[str, Any]
"""What a token says, once it is believed: of anybody's making, so that each thing is looked at before it is used."""


class BadToken(Refused):
    """A token is not to be believed; `why` names the first thing that was wrong, and never what it says."""

    code = "bad_token"
    category = Category.FORBIDDEN

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class UnknownKey(BadToken):
    """Signed with a key that is not among those known: it may be a new one."""

    def __init__(self) -> None:
        super().__init__("unknown_key")


class NotAKey(Exception):
    """It is no private key, or none for that algorithm."""


class SigningKey:
    """Our own key at a provider."""

    def __init__(self, key: jwk.Key, algorithm: str) -> None:
        self._key = key
        self._algorithm = algorithm

    def assertion(self, client: str, audience: str, id: str, now: datetime) -> str:
        """Says that it is we who ask: `private_key_jwt`, good once and for a minute."""
        at = int(now.timestamp())
        said = {"iss": client, "sub": client, "aud": audience, "jti": id, "iat": at, "exp": at + ASSERTED_FOR}
        header = {"alg": self._algorithm, "kid": self._key.kid}
        return jwt.encode(header, said, self._key, algorithms=[self._algorithm])

    @property
    def public(self) -> dict[str, Any]:
        """What the provider needs of it."""
        return {**self._key.as_dict(private=False), "kid": self._key.kid, "use": "sig", "alg": self._algorithm}


def signing_key(pem: str, algorithm: str) -> SigningKey:
    """The key in a PEM file. Raises NotAKey."""
    try:
        key = jwk.import_key(pem, "EC" if algorithm.startswith("ES") else "RSA")
        key.ensure_kid()
        made = SigningKey(key, algorithm)
        # Whether it fits is seen by using it.
        jwt.encode({"alg": algorithm}, {}, key, algorithms=[algorithm])
    except (JoseError, ValueError, TypeError):
        raise NotAKey from None
    if not key.is_private:
        raise NotAKey
    return made


def keys_in(published: object) -> Keys:
    """The keys that a provider publishes to sign with; others are passed over. Raises BadToken."""
    listed = published.get("keys") if isinstance(published, dict) else None
    found = []
    for one in listed if isinstance(listed, list) else ():
        # A secret that is shared signs nothing here, wherever it comes from.
        if isinstance(one, dict) and one.get("use", "sig") == "sig" and one.get("kty") in {"RSA", "EC"}:
            try:
                found.append(jwk.import_key(one))
            except (JoseError, ValueError, TypeError):
                continue
    if not found:
        raise BadToken("no_keys")
    return Keys(found)


def read_signed(token: str, keys: Keys, algorithms: Collection[str]) -> Facts:
    """What is in a token that one of the keys has signed. Raises BadToken, UnknownKey."""
    if len(token) > LONGEST:
        raise BadToken("too_long")
    registry = JWSRegistry(algorithms=list(algorithms), strict_check_header=False)
    try:
        return jwt.decode(token, keys, registry=registry).claims
    except InvalidKeyIdError:
        raise UnknownKey from None
    except (JoseError, ValueError, TypeError, RecursionError):
        raise BadToken("bad_signature") from None


def check_id_token(facts: Facts, *, issuer: str, client: str, nonce: str, now: datetime) -> None:
    """Refuse what was not said by that provider, to us, now, and for this sign-in. Raises BadToken."""
    _said_to_us(facts, issuer, client, now)
    expires = facts.get("exp")
    if not _is_number(expires) or expires <= now.timestamp() - SKEW:
        raise BadToken("expired")
    if not isinstance(facts.get("sub"), str) or not facts["sub"]:
        raise BadToken("no_subject")
    if not nonce or facts.get("nonce") != nonce:
        raise BadToken("wrong_nonce")


def check_sign_out_token(facts: Facts, *, issuer: str, client: str, now: datetime) -> None:
    """The same for a provider that tells of a sign-out (OpenID Connect Back-Channel Logout). Raises BadToken."""
    _said_to_us(facts, issuer, client, now)
    events = facts.get("events")
    # Without the event, or with a nonce, it would be another kind of token, given for something else.
    if not isinstance(events, dict) or SIGNED_OUT not in events or "nonce" in facts:
        raise BadToken("no_sign_out")
    expires = facts.get("exp", now.timestamp())
    if not _is_number(expires) or expires <= now.timestamp() - SKEW:
        raise BadToken("expired")
    if not (isinstance(facts.get("sid"), str) or isinstance(facts.get("sub"), str)):
        raise BadToken("no_subject")


def _said_to_us(facts: Facts, issuer: str, client: str, now: datetime) -> None:
    if facts.get("iss") != issuer:
        raise BadToken("wrong_issuer")
    meant = facts.get("aud")
    if meant not in (client, [client]):
        # More than one reader, or another one: a token that somebody else can use is none that we believe.
        raise BadToken("wrong_audience")
    if facts.get("azp", client) != client:
        raise BadToken("wrong_party")
    made, at = facts.get("iat"), now.timestamp()
    since = facts.get("nbf", made)
    if not _is_number(made) or not _is_number(since) or max(made, since) > at + SKEW:
        raise BadToken("not_yet")
    if made < at - OLDEST - SKEW:
        raise BadToken("too_old")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def seal(token: str, secret: str) -> str:
    """A token as it may be kept: to be opened only with a browser's secret, of which we keep none."""
    return jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, token, _key_of(secret))


def unseal(sealed: str, secret: str) -> str:
    """The token; empty if that is not the secret."""
    try:
        opened = jwe.decrypt_compact(sealed, _key_of(secret), algorithms=["dir", "A256GCM"])
    except (JoseError, ValueError):
        return ""
    return (opened.plaintext or b"").decode()


def _key_of(secret: str) -> jwk.OctKey:
    return jwk.OctKey.import_key(hashlib.sha256(b"id token:" + secret.encode(errors="replace")).digest())


def challenge_of(verifier: str) -> str:
    """What is told beforehand of the secret that is shown later: PKCE, S256."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
