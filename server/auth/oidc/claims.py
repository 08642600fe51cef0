"""Who a provider says that somebody is, in our words. Plain functions."""

from msgspec import Struct

from dialogs.errors import Category, Refused
from inbox.principals.personal_number import PersonalNumber, read_number
from server.auth.oidc.providers import Provider
from server.auth.oidc.tokens import Facts

LONGEST_NAME = 200
LONGEST_ID = 64
MOST_IDS = 20


class LowAssurance(Refused):
    """Somebody was identified, but not surely enough."""

    code = "low_assurance"
    category = Category.FORBIDDEN


class NotIdentified(Refused):
    """The provider does not say who it is: neither a number that can be one, nor an id at work."""

    code = "not_identified"
    category = Category.FORBIDDEN


class Vouched(Struct, frozen=True):
    """What a provider vouches for."""

    subject: str
    """What it calls the person; only for it to say that they signed out."""
    session: str
    """The same for this sign-in; empty: it has none."""
    assurance: str
    name: str
    number: PersonalNumber | None
    """Somebody in their own matters."""
    employee: tuple[str, ...]
    """Somebody at work: every id that they have there, in capitals."""


def vouched(facts: Facts, provider: Provider) -> Vouched:
    """Who it is, by what the provider may vouch for. Raises LowAssurance, NotIdentified."""
    assurance = _text(facts, provider.assurance.claim)
    if assurance not in provider.assurance.accepted:
        raise LowAssurance
    named, sides = provider.claims, provider.vouches_for
    digits = _text(facts, named.personal_number) or _text(facts, named.coordination_number)
    # What it is not trusted with it may say: nobody listens.
    number = read_number(digits) if "citizen" in sides else None
    employee = _ids(facts.get(named.employee)) if "staff" in sides else ()
    if not employee and number is None:
        raise NotIdentified
    whole = _text(facts, named.name) or f"{_text(facts, named.given_name)} {_text(facts, named.family_name)}"
    return Vouched(
        subject=str(facts["sub"]),
        session=_text(facts, "sid"),
        assurance=assurance,
        name=" ".join(whole.split())[:LONGEST_NAME],
        number=number,
        employee=employee,
    )


def _text(facts: Facts, name: str) -> str:
    value = facts.get(name)
    return value.strip() if isinstance(value, str) else ""


def _ids(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(
        one.strip().upper() for one in listed[:MOST_IDS] if isinstance(one, str) and 0 < len(one.strip()) <= LONGEST_ID
    )
