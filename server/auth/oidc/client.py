"""One provider, as we talk to it: where its doors are, with which keys it signs, what it says of somebody."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import Struct

from server.auth.oidc import tokens
from server.auth.oidc.asking import Asking, ProviderAway, ProviderRefuses
from server.auth.oidc.providers import Known, is_safe
from server.auth.oidc.tokens import BadToken, Facts, Keys, UnknownKey

METADATA_FOR = 3600.0
"""Seconds for which a provider's doors and keys are believed without asking again."""
KEYS_AGAIN = 30.0
"""Seconds between two looks for a key that nobody knows: a made-up one makes nobody run."""
T = TypeVar("T", bound=Struct)
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Metadata(Struct, frozen=True):
    """What a provider says of itself, as far as we use it."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    code_challenge_methods_supported: list[str] = []
    claims_parameter_supported: bool = False
    authorization_response_iss_parameter_supported: bool = False


class Answer(Struct, frozen=True):
    """What is handed over for a code."""

    id_token: str
    access_token: str = ""


class Ways(Struct, frozen=True):
    """Addresses of ours that a provider leads back to."""

    back: str
    signed_out: str


class Client:
    """Everything that is asked of one provider. Raises ProviderAway, ProviderRefuses, BadToken."""

    def __init__(
        self,
        known: Known,
        ways: Ways,
        *,
        local: bool,
        asking: Asking,
        now: Callable[[], datetime],
        steady: Callable[[], float],
        new_secret: Callable[[], str],
    ) -> None:
        self.known = known
        self.ways = ways
        self._local = local
        self._asking = asking
        self._now = now
        self._steady = steady
        self._new_secret = new_secret
        self._found: tuple[Metadata, float] | None = None
        self._keys: tuple[Keys, float] | None = None
        self._one_look = asyncio.Lock()

    async def begin(self, *, state: str, nonce: str, verifier: str, language: str) -> str:
        """Where a browser goes to be identified."""
        at, provider = await self.metadata(), self.known.at
        asked = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": self.ways.back,
            "scope": " ".join(dict.fromkeys(("openid", *provider.scopes))),
            "state": state,
            "nonce": nonce,
            "code_challenge": tokens.challenge_of(verifier),
            "code_challenge_method": "S256",
            "ui_locales": language,
        }
        if provider.prompt:
            asked["prompt"] = provider.prompt
        if provider.assurance.claim == "acr":
            asked["acr_values"] = " ".join(provider.assurance.accepted)
        if at.claims_parameter_supported:
            asked["claims"] = msgspec.json.encode({"id_token": self._wanted()}).decode()
        return _with(at.authorization_endpoint, asked)

    async def fetch(self, *, code: str, nonce: str, verifier: str) -> tuple[Facts, str]:
        """What the provider says of whoever came back with that code, and the token that it says it in."""
        at, provider = await self.metadata(), self.known.at
        given = await self._asking.post(
            at.token_endpoint,
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.ways.back,
                "code_verifier": verifier,
                "client_id": provider.client_id,
                "client_assertion_type": ASSERTION,
                # For the provider as a whole: no other one that it is shown to can use it there.
                "client_assertion": self.known.key.assertion(
                    provider.client_id, at.issuer, self._new_secret(), self._now()
                ),
            },
        )
        answer = _as(given, Answer)
        facts = await self._read(answer.id_token)
        tokens.check_id_token(facts, issuer=provider.issuer, client=provider.client_id, nonce=nonce, now=self._now())
        return await self._with_more(facts, answer, at), answer.id_token

    async def signed_out_there(self, token: str) -> Facts:
        """Whose sign-out the provider tells of."""
        facts, provider = await self._read(token), self.known.at
        tokens.check_sign_out_token(facts, issuer=provider.issuer, client=provider.client_id, now=self._now())
        return facts

    async def sign_out(self, id_token: str) -> str:
        """Where a browser goes to be signed out there too; empty where that cannot be."""
        try:
            at = await self.metadata()
        except (ProviderAway, ProviderRefuses, BadToken):
            return ""
        if not at.end_session_endpoint or not self.known.at.sign_out:
            return ""
        asked = {"client_id": self.known.at.client_id, "post_logout_redirect_uri": self.ways.signed_out}
        return _with(at.end_session_endpoint, asked | ({"id_token_hint": id_token} if id_token else {}))

    async def check_sender(self, issuer: str | None) -> None:
        """Refuse an answer that another provider gave (RFC 9207), where this one says who it is."""
        at = await self.metadata()
        if issuer is None and not at.authorization_response_iss_parameter_supported:
            return
        if issuer != at.issuer:
            raise BadToken("wrong_issuer")

    def forget(self) -> None:
        """Ask everything anew, also what did not answer a moment ago."""
        self._found = self._keys = None
        self._asking.forget()

    async def close(self) -> None:
        """Let the connections go."""
        await self._asking.close()

    async def metadata(self) -> Metadata:
        """Where its doors are, as it says itself."""
        if self._found is not None and self._steady() - self._found[1] < METADATA_FOR:
            return self._found[0]
        try:
            at = await self._discover()
        except ProviderAway:
            if self._found is None:
                raise
            # Doors seldom move: the old ones are tried. What is wrong with them is seen there.
            return self._found[0]
        self._found = at, self._steady()
        return at

    async def _discover(self) -> Metadata:
        issuer = self.known.at.issuer
        at = _as(await self._asking.get(issuer.rstrip("/") + "/.well-known/openid-configuration"), Metadata)
        if at.issuer != issuer:
            raise BadToken("wrong_issuer")
        doors = (
            at.authorization_endpoint,
            at.token_endpoint,
            at.jwks_uri,
            at.userinfo_endpoint,
            at.end_session_endpoint,
        )
        if not all(is_safe(door, local=self._local) for door in doors if door):
            raise BadToken("unsafe_address")
        return at

    async def _read(self, token: str) -> Facts:
        algorithms = self.known.at.algorithms
        keys = await self._published()
        try:
            return tokens.read_signed(token, keys, algorithms)
        except UnknownKey:
            return tokens.read_signed(token, await self._published(beside=keys), algorithms)

    async def _published(self, beside: Keys | None = None) -> Keys:
        """The provider's keys; with `beside`, newer ones than those, if it is not too soon to look."""
        async with self._one_look:
            if self._keys is not None:
                keys, read = self._keys
                age = self._steady() - read
                if age < (KEYS_AGAIN if beside is keys else METADATA_FOR):
                    return keys
            found = tokens.keys_in(await self._asking.get((await self.metadata()).jwks_uri))
            self._keys = found, self._steady()
            return found

    async def _with_more(self, facts: Facts, answer: Answer, at: Metadata) -> Facts:
        """Also what the provider says at another door only, where the token lacks who it is."""
        named, vouches = self.known.at.claims, self.known.at.vouches_for
        wanted = [
            *([named.personal_number, named.coordination_number] if "citizen" in vouches else []),
            *([named.employee] if "staff" in vouches else []),
        ]
        if any(name in facts for name in wanted) or not at.userinfo_endpoint or not answer.access_token:
            return facts
        more = await self._asking.get(at.userinfo_endpoint, bearer=answer.access_token)
        if not isinstance(more, dict) or more.get("sub") != facts["sub"]:
            raise BadToken("wrong_subject")
        # What is signed stands.
        return {**more, **facts}

    def _wanted(self) -> dict[str, Any]:
        provider = self.known.at
        names = msgspec.structs.asdict(provider.claims)
        wanted: dict[str, Any] = {names[one]: None for one in ("name", "given_name", "family_name")}
        if "citizen" in provider.vouches_for:
            wanted |= {names["personal_number"]: None, names["coordination_number"]: None}
        if "staff" in provider.vouches_for:
            wanted[names["employee"]] = {"essential": True}
        wanted[provider.assurance.claim] = {"essential": True, "values": list(provider.assurance.accepted)}
        return wanted


def _as(given: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError:
        raise ProviderAway from None


def _with(address: str, asked: dict[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"
