"""What somebody is in one case. Asked at every command and at every send."""

from collections.abc import Iterable

from inbox.cases.model import Actor, Case, Identity, PartyKind, Registration, Role, Seat, State

_AT_A_UNIT = (Role.CASEWORKER, Role.DISTRIBUTOR)
_AT_A_BOARD = (Role.OFFICER, Role.DISTRIBUTOR)


def actor_in(case: Case, seats: Iterable[Seat], identity: Identity) -> Actor | None:
    """The person's standing: a seat of their own first, then a role at a unit that owns a registration; else None."""
    for seat in seats:
        if seat.person == identity.person:
            return Actor(role=Role.REPORTER, party=seat.party, person=identity.person)
    for registration in case.registrations:
        if registration.state is State.HANDED_OVER or case.party(registration.party).left is not None:
            continue
        role = _role_at(case, registration, identity)
        if role is not None:
            return Actor(
                role=role,
                party=registration.party,
                person=identity.person,
                unit=registration.owner,
                registration=registration.id,
            )
    return None


def reads_content(actor: Actor) -> bool:
    """A distributor gives cases to others without reading them."""
    return actor.role in {Role.REPORTER, Role.CASEWORKER, Role.OFFICER}


def _role_at(case: Case, registration: Registration, identity: Identity) -> Role | None:
    held = {grant.role for grant in identity.grants if grant.unit == registration.owner}
    board = case.party(registration.party).kind is PartyKind.BOARD
    for role in _AT_A_BOARD if board else _AT_A_UNIT:
        if role in held:
            return role
    return None
