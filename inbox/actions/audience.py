"""To whom what happens is addressed."""

from inbox.cases.commands import Audience
from inbox.cases.errors import AsksWider, NoSuchAudience
from inbox.cases.model import CITIZENS, REPORTER, Actor, Case, FeedId, Party, PartyKind, Registration, Role, desk_of


def everyone(case: Case) -> tuple[FeedId, ...]:
    """The citizens and every authority that takes part; who has left gets nothing more."""
    return (*citizens(case), *(party.id for party in authorities(case)))


def citizens(case: Case) -> tuple[FeedId, ...]:
    """The reporter; and the patient, once something has begun the patient's feed: from then on all that is for her."""
    return tuple(
        party.id
        for party in case.parties
        if party.id in CITIZENS and party.left is None and (party.id == REPORTER or party.id in case.heads)
    )


def authorities(case: Case) -> tuple[Party, ...]:
    """The authorities that take part now."""
    return tuple(party for party in case.parties if party.authority is not None and party.left is None)


def readers(case: Case, audience: Audience, actor: Actor) -> tuple[FeedId, ...]:
    """The feeds that a message with this audience goes to; NoSuchAudience if the actor cannot write to it."""
    if audience == Audience.ALL:
        return everyone(case)
    if audience not in offered(case, actor):
        raise NoSuchAudience
    boards, units = of_kind(case, PartyKind.BOARD), of_kind(case, PartyKind.PROVIDER)
    return (*citizens(case), *boards) if audience == Audience.CITIZEN_BOARD else (*units, *boards)


def offered(case: Case, actor: Actor) -> tuple[Audience, ...]:
    """The audiences that the actor can write to: a part of the thread only where there are three sides to it."""
    if not of_kind(case, PartyKind.BOARD) or not of_kind(case, PartyKind.PROVIDER):
        return (Audience.ALL,)
    match actor.role:
        case Role.REPORTER:
            return (Audience.ALL, Audience.CITIZEN_BOARD)
        case Role.CASEWORKER:
            return (Audience.ALL, Audience.UNIT_BOARD)
        case Role.OFFICER:
            return (Audience.ALL, Audience.CITIZEN_BOARD, Audience.UNIT_BOARD)
        case _:
            return ()


def addressed(case: Case, actor: Actor) -> Audience:
    """Whom the actor's next words are for unless they choose others: those who had the newest ones."""
    aside = case.aside.get(actor.party or "")
    return next((audience for audience in offered(case, actor) if aside and audience == aside.audience), Audience.ALL)


def owes(case: Case, actor: Actor) -> Audience | None:
    """Those alone whom somebody has spoken to, the actor among them, who has not turned to everyone since."""
    aside = case.aside.get(actor.party or "")
    now = addressed(case, actor)
    return now if aside and aside.owed and now is not Audience.ALL else None


def check_widening(case: Case, actor: Actor, audience: Audience, *, widens: bool) -> None:
    """Return if the words go no further than those they answer, or that is meant; AsksWider otherwise."""
    if audience is Audience.ALL and not widens and owes(case, actor) is not None:
        raise AsksWider


def of_kind(case: Case, kind: PartyKind) -> tuple[FeedId, ...]:
    """The parties of a kind that take part now."""
    return tuple(party.id for party in authorities(case) if party.kind is kind)


def desk(registration: Registration) -> tuple[FeedId, ...]:
    """Only those who work with this registration at this unit."""
    return (desk_of(registration),)
