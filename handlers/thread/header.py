"""What stands above and beside a thread: the case itself, who takes part, who can read."""

from dialogs.sentences import N_
from handlers.thread.audiences import has_three_sides
from handlers.thread.open_case import registration_of
from handlers.thread.view_context import RELATIONS, ViewContext, party_name, reporter_name
from handlers.view.models import CaseView, Reader, Side
from inbox.cases.model import Party, PartyKind
from inbox.cases.status import is_at_work


def case_view(look: ViewContext) -> CaseView:
    """The case as the head of a page. To the one who filed it, it has one number: that of the receipt."""
    registration = registration_of(look.thread)
    number = registration.number if look.staff else look.case.registrations[0].number
    return CaseView(
        id=look.case.id,
        url=look.url,
        # A title that was not shared with the viewer is empty.
        title=look.case.title or number,
        number=number,
        unit=look.locale.unit(registration.owner),
        head=look.thread.head,
        desk_head=look.thread.desk_head,
        read_to=look.thread.read_to,
        side=look.side,
        three=has_three_sides(look),
    )


def people_in(look: ViewContext) -> tuple[Reader, ...]:
    """Who takes part: the reporter, and authorities by the unit that handles the case."""
    return tuple(_reader(party, look) for party in _present(look))


def readers_for_citizen(look: ViewContext) -> tuple[str, ...]:
    """Who can read what the reporter writes: "du", then the units."""
    others = (party_name(party.id, look) for party in _present(look) if party.id != look.actor.party)
    return (look.locale.t(N_("du")), *others)


def writes_to(look: ViewContext) -> str:
    """What the field for writing says: to whom, where there is only one."""
    others = [party_name(party.id, look) for party in _present(look) if party.id != look.actor.party]
    if len(others) == 1:
        return look.locale.t(N_("Skriv till {unit}"), unit=others[0])
    return look.locale.t(N_("Skriv ett meddelande"))


def readers_for_staff(look: ViewContext) -> str:
    """Who beside the unit can read a reply, as a sentence."""
    others = [party_name(party.id, look) for party in _present(look) if party.id != look.actor.party]
    return look.locale.t(N_("{names} kan läsa svaret."), names=look.locale.list_of(others))


def _present(look: ViewContext) -> list[Party]:
    """Without the patient while nobody sits at that party; who has left reads nothing more."""
    sits = {seat.party for seat in look.thread.seats}
    parties = (party for party in look.case.parties if party.left is None)
    return [party for party in parties if party.kind is not PartyKind.PATIENT or party.id in sits]


def _reader(party: Party, look: ViewContext) -> Reader:
    say = look.locale.t
    if party.kind is PartyKind.REPORTER:
        name = next((seat.name for seat in look.thread.seats if seat.party == party.id), "") or reporter_name(look)
        return Reader(name, say(RELATIONS[look.case.relation] if look.staff else N_("Du")), "reporter")
    side = _side(party)
    if look.staff:
        own = party.id == look.actor.party and is_at_work(look.case, party.id)
        role = N_("Handlägger ärendet") if own else N_("Deltar i ärendet")
    else:
        role = N_("Ditt stöd, fristående från vården") if side == "board" else _care_role(party, look)
    return Reader(party_name(party.id, look), say(role), side)


def _care_role(party: Party, look: ViewContext) -> str:
    """By its own handling: the board may still work with what the unit has ended."""
    return N_("Utreder och svarar") if is_at_work(look.case, party.id) else N_("Tog emot ärendet")


def _side(party: Party) -> Side:
    match party.kind:
        case PartyKind.BOARD:
            return "board"
        case PartyKind.PROVIDER:
            return "care"
        case _:
            return "reporter"
