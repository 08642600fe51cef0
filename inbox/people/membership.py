"""What somebody is in one case, at a moment. Asked at every command and at every send."""

from collections.abc import Iterable
from datetime import datetime

from inbox.cases.model import SYSTEM, Actor, Case, Identity, PartyKind, Registration, Role, State
from inbox.principals.principal import TheService
from inbox.principals.seat import Right, Seat

_AT_A_UNIT = (Role.CASEWORKER, Role.DISTRIBUTOR)
_AT_A_BOARD = (Role.OFFICER, Role.DISTRIBUTOR)


def actor_in(case: Case, seats: Iterable[Seat], identity: Identity, now: datetime) -> Actor | None:
    """Their standing; None where they have none.

    A citizen's is a seat that has not ended, a member of staff's a role at a unit that owns a registration. Who sits,
    or has sat, in a case does not meet it at work: they would read what is written about them.
    """
    if isinstance(identity.principal, TheService):
        return SYSTEM
    own = [seat for seat in seats if seat.holder == identity.principal]
    if identity.citizen:
        return next((_on(seat) for seat in own if seat.stands(now) and case.party(seat.party).left is None), None)
    return staff_in(case, identity) if not own else None


def reads_content(actor: Actor) -> bool:
    """A distributor gives cases to others without reading them; a seat can lack the right to."""
    return actor.role in {Role.CASEWORKER, Role.OFFICER} or Right.READ in actor.rights


def _on(seat: Seat) -> Actor:
    return Actor(Role.REPORTER, seat.party, seat.holder, seat=seat.id, rights=seat.rights)


def staff_in(case: Case, identity: Identity) -> Actor | None:
    """Their standing by their roles alone, for lists: in those is no case in which they sit themselves."""
    for registration in case.registrations:
        if registration.state is State.HANDED_OVER or case.party(registration.party).left is not None:
            continue
        role = _role_at(case, registration, identity)
        if role is not None:
            return Actor(
                role=role,
                party=registration.party,
                principal=identity.principal,
                unit=registration.owner,
                registration=registration.id,
            )
    return None


def _role_at(case: Case, registration: Registration, identity: Identity) -> Role | None:
    held = {grant.role for grant in identity.grants if grant.unit == registration.owner}
    board = case.party(registration.party).kind is PartyKind.BOARD
    for role in _AT_A_BOARD if board else _AT_A_UNIT:
        if role in held:
            return role
    return None
