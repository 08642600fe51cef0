"""Who may vouch for people: a file of providers, one table each. Read once, at the start."""

from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from server.auth.oidc.tokens import NotAKey, SigningKey, signing_key
from server.config import LOOPBACK, Settings, WrongSetting

Side = Literal["citizen", "staff"]
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Only those with a key that the provider alone has. `none` and shared secrets cannot be set."""
Text = Annotated[str, Meta(min_length=1, max_length=200)]
OIDC_SWEDEN = "https://id.oidc.se/claim/"
RESERVED = frozenset({"ut", "nycklar"})
"""Addresses of our own beside the providers'."""


class Assurance(Struct, frozen=True, forbid_unknown_fields=True):
    """How surely somebody must have been identified."""

    accepted: Annotated[tuple[Text, ...], Meta(min_length=1)]
    claim: Text = "acr"


class Claims(Struct, frozen=True, forbid_unknown_fields=True):
    """What the provider calls what we need to know; as OIDC Sweden and Inera do, where nothing is said."""

    personal_number: Text = OIDC_SWEDEN + "personalIdentityNumber"
    coordination_number: Text = OIDC_SWEDEN + "coordinationNumber"
    employee: Text = "employeeHsaId"
    name: Text = "name"
    given_name: Text = "given_name"
    family_name: Text = "family_name"


class Provider(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One that vouches, and what it may vouch for."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    """What people know it by: a name, the same in every language."""
    issuer: Text
    client_id: Text
    key: Text
    """File of the private key that shows the provider that it is we who ask."""
    key_algorithm: Algorithm = "RS256"
    vouches_for: Annotated[tuple[Side, ...], Meta(min_length=1)] = ("citizen",)
    assurance: Assurance
    claims: Claims = Claims()
    scopes: tuple[Text, ...] = ("openid",)
    prompt: Literal["login", "none", "consent", "select_account", ""] = "login"
    """`login`: on a shared computer nobody gets in because somebody else was there before."""
    algorithms: Annotated[tuple[Algorithm, ...], Meta(min_length=1)] = ("RS256", "PS256", "ES256")
    """What its tokens may be signed with."""
    sign_out: bool = True
    """Whether the provider is told when somebody signs out here."""


class Known(Struct, frozen=True):
    """A provider as it is used: with its name in addresses, and with our key."""

    id: str
    at: Provider
    key: SigningKey


def load_providers(settings: Settings) -> dict[str, Known]:
    """Each by the name that addresses have of it. Raises WrongSetting."""
    if not settings.providers:
        return {}
    file = Path(settings.providers)
    try:
        found = msgspec.toml.decode(file.read_bytes(), type=dict[str, Provider])
    except OSError:
        raise WrongSetting("PROVIDERS", "there is no such file.") from None
    except msgspec.DecodeError as problem:
        raise WrongSetting("PROVIDERS", f"{problem}.") from None
    return {id: _known(id, one, file.parent, local=settings.local) for id, one in found.items()}


def is_safe(address: str, *, local: bool) -> bool:
    """Whether what is said there stays between us: over TLS, or on this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if parts.username or parts.password or not host:
        return False
    return parts.scheme == "https" or (local and parts.scheme == "http" and host in LOOPBACK)


def _known(id: str, one: Provider, folder: Path, *, local: bool) -> Known:
    if not id.isascii() or not id.isalnum() or not id.islower() or id in RESERVED or len(id) > 40:
        raise WrongSetting("PROVIDERS", f"`{id}` stands in addresses: small letters and digits, at most 40.")
    if not is_safe(one.issuer, local=local):
        raise WrongSetting("PROVIDERS", f"the issuer of `{id}` needs https.")
    try:
        return Known(id, one, signing_key((folder / one.key).read_text(encoding="ascii"), one.key_algorithm))
    except OSError:
        raise WrongSetting("PROVIDERS", f"there is no file with the key of `{id}`.") from None
    except (NotAKey, ValueError):
        raise WrongSetting("PROVIDERS", f"the key of `{id}` is no private key for {one.key_algorithm}.") from None


ALGORITHMS: tuple[str, ...] = get_args(Algorithm)
"""Every one that can be set."""
