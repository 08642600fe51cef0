"""Somebody looking at a thread: what the page needs to know of them, and what the people in it are called."""

from msgspec import Struct
from msgspec.structs import replace

from dialogs.sentences import N_
from handlers.names import first_name
from handlers.view.locale import Locale
from handlers.view.models import Side
from inbox.cases.model import REPORTER, Actor, Case, PartyId, Relation, Role
from inbox.cases.views import Author, Entry
from inbox.queries.reading import Thread

SIDES: dict[str, Side] = {"reporter": "reporter", "patient": "reporter", "board": "board"}
RELATIONS = {
    Relation.SELF: N_("Patient"),
    Relation.GUARDIAN: N_("Vårdnadshavare"),
    Relation.RELATIVE: N_("Närstående"),
    Relation.PROXY: N_("Ombud"),
    Relation.BEREAVED: N_("Närstående till någon som har dött"),
}


class ViewContext(Struct, frozen=True):
    """Who looks at which thread, and how to talk to them."""

    thread: Thread
    url: str
    locale: Locale

    @property
    def case(self) -> Case:
        """The case that is looked at."""
        return self.thread.case

    @property
    def actor(self) -> Actor:
        """Who looks."""
        return self.thread.actor

    @property
    def side(self) -> Side:
        """Whose colour they have."""
        return SIDES.get(self.case.party(self.actor.party).kind.value, "care") if self.actor.party else "care"

    @property
    def staff(self) -> bool:
        """Whether somebody looks who handles the case."""
        return self.thread.actor.role is not Role.REPORTER


def without_notes(look: ViewContext) -> ViewContext:
    """The same, for what leaves the desk: paper."""
    return replace(look, thread=replace(look.thread, notes=()))


def reporter_name(look: ViewContext) -> str:
    """The first name of the one who filed the case, or a word that stands for it."""
    return known_name(look) or look.locale.t(N_("Anmälaren"))


def known_name(look: ViewContext) -> str:
    """The first name alone; empty where nobody's is known."""
    return first_name(next((seat.name for seat in look.thread.seats if seat.party == REPORTER), ""))


def party_name(party: PartyId, look: ViewContext) -> str:
    """What a party is called: the reporter by first name, authorities by the unit that handles the case."""
    if party == REPORTER:
        return reporter_name(look)
    held = [registration for registration in look.case.registrations if registration.party == party]
    return look.locale.unit(held[-1].owner) if held else ""


def side_of(by: Author) -> Side:
    """Whose colour it has."""
    return SIDES.get(by.kind, "care")


def signed(entry: Entry, look: ViewContext) -> tuple[str, str]:
    """Who, and as what. Staff sign as their unit was called then; only colleagues see who it was."""
    by, say, unit = entry.by, look.locale.t, look.locale.unit(entry.by.unit, entry.at)
    if by.kind in {"reporter", "patient"}:
        relation = Relation.SELF if by.kind == "patient" else look.case.relation
        return by.name or say(N_("Anmälaren")), say(RELATIONS[relation])
    if look.staff and by.own:
        return (by.name, unit) if by.name else (unit, "")
    supports = by.kind == "board" and not look.staff
    return unit, say(N_("Ditt stöd, fristående från vården") if supports else N_("Handläggare"))
