"""Who handles a case: taking, giving, putting back."""

from inbox.actions.audience import everyone
from inbox.actions.context import DecisionContext
from inbox.cases.commands import AssignCase, ReleaseCase, SetPlace, StopWaiting, TakeCase
from inbox.cases.errors import AlreadyTaken, NoSuchUnit, NotAColleague, NotYours, OtherRegion
from inbox.cases.events import CaseReleased, CaseTaken, Decided, PlaceSet, WaitingStopped
from inbox.cases.model import Actor, Case, Registration
from inbox.directory.model import Unit
from inbox.directory.tree import Directory


def take_case(case: Case, command: TakeCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The actor becomes the handler; AlreadyTaken if a colleague was first."""
    registration = own(case, actor)
    if registration.handler == actor.staff:
        return []
    if registration.handler is not None:
        raise AlreadyTaken
    return [_given(case, registration, actor.staff)]


def assign_case(case: Case, command: AssignCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The case is given to somebody who handles cases at the same unit; NotAColleague otherwise."""
    registration = own(case, actor)
    if command.handler not in facts.colleagues:
        raise NotAColleague
    if registration.handler == command.handler:
        return []
    return [_given(case, registration, command.handler)]


def release_case(case: Case, command: ReleaseCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The case goes back to the unit's queue."""
    return [Decided(event=CaseReleased(registration=own(case, actor).id), to=everyone(case))]


def stop_waiting(case: Case, command: StopWaiting, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The handling goes on without a reply, or without the statement it asked for."""
    return [Decided(event=WaitingStopped(registration=own(case, actor).id), to=everyone(case))]


def set_place(case: Case, command: SetPlace, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The unit the case is about, of the region that handles it; NoSuchUnit or OtherRegion.

    Who may be asked in follows the place: whoever works for one region does not choose another one's board or care.
    """
    unit = facts.directory.find_now(command.unit)
    if unit is None or unit.is_board:
        raise NoSuchUnit
    if not is_own_region(own(case, actor), unit, facts.directory):
        raise OtherRegion
    if case.place == unit.id:
        return []
    return [Decided(event=PlaceSet(unit=unit.id), to=everyone(case))]


def is_own_region(registration: Registration, unit: Unit, directory: Directory) -> bool:
    """Whether a unit is of the region in which a case is handled: of whichever care provider."""
    owner = directory.find(registration.owner)
    return owner is not None and directory.region_of(owner) == directory.region_of(unit)


def own(case: Case, actor: Actor) -> Registration:
    """The registration that the actor works with; NotYours if there is none."""
    if actor.registration is None:
        raise NotYours
    return case.registration(actor.registration)


def _given(case: Case, registration: Registration, handler: str | None) -> Decided:
    return Decided(event=CaseTaken(registration=registration.id, handler=handler), to=everyone(case))
