"""Who may be let into a case: the board of the place, or, asked by a board, the unit that the case is about."""

from inbox.actions.audience import authorities
from inbox.cases.errors import AlreadyThere, NoSuchUnit, WrongReceiver
from inbox.cases.model import Case, PartyKind, Request, UnitId
from inbox.directory.model import Unit
from inbox.directory.tree import Directory


def joinable(case: Case, id: UnitId, asker: PartyKind, directory: Directory, asked: Request | None = None) -> Unit:
    """The unit, if it may join at the wish of such a party; NoSuchUnit, WrongReceiver or AlreadyThere.

    `asked` is the consent that is being answered.
    """
    unit = directory.find_now(id)
    if unit is None:
        raise NoSuchUnit
    if any(party.authority == directory.authority_of(unit) for party in authorities(case)):
        raise AlreadyThere
    if unit != meant(case, asker, directory):
        raise WrongReceiver
    if _takes_part(case, unit) or any(request.to == unit.id for request in case.requests if request != asked):
        raise AlreadyThere
    return unit


def meant(case: Case, asker: PartyKind, directory: Directory) -> Unit | None:
    """The one unit that such a party may ask in, wherever the case came from; None if there is none."""
    about = about_unit(case, directory)
    if about is None or not directory.region_of(about).open:
        return None
    unit = about if asker is PartyKind.BOARD else directory.board_of(about)
    if unit is None or not unit.connected or (unit.is_board and asker is PartyKind.BOARD):
        return None
    # Nobody is there to answer for what was made up.
    return None if unit.feigned and not about.feigned else unit


def to_ask(case: Case, asker: PartyKind, directory: Directory) -> Unit | None:
    """The unit that such a party can ask in now: it is not there yet, and has not been asked for."""
    unit = meant(case, asker, directory)
    if unit is None or _takes_part(case, unit) or any(request.to == unit.id for request in case.requests):
        return None
    return unit


def about_unit(case: Case, directory: Directory) -> Unit | None:
    """The unit that the case is about; as long as nobody has said which, the one that it was filed with."""
    return directory.find_now(case.place or case.registrations[0].owner)


def _takes_part(case: Case, unit: Unit) -> bool:
    """Whether it is there, or another of its kind: a case has one board, and one care provider."""
    kind = PartyKind.BOARD if unit.is_board else PartyKind.PROVIDER
    return any(party.kind is kind for party in authorities(case))
