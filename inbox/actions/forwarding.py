"""A case that should be somewhere else."""

from inbox.actions.audience import everyone
from inbox.actions.context import DecisionContext
from inbox.actions.handling import own
from inbox.actions.messaging import said
from inbox.cases.commands import ForwardCase, ReferCase
from inbox.cases.errors import NoSuchUnit, OtherProvider, SameUnit, WrongReceiver
from inbox.cases.events import CaseForwarded, CaseReferred, Decided
from inbox.cases.model import Actor, Case


def forward_case(case: Case, command: ForwardCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The registration moves within its care provider, with a reason. The goal date is not restarted."""
    registration = own(case, actor)
    unit = facts.directory.find_now(command.unit)
    if unit is None:
        raise NoSuchUnit
    if unit.id == registration.owner:
        raise SameUnit
    # PSL 3:8 e and the secrecy basis apply to another care provider: not this command.
    owner = facts.directory.find(registration.owner)
    if owner is None or not facts.directory.same_provider(owner, unit):
        raise OtherProvider
    if not unit.connected:
        raise WrongReceiver
    event = CaseForwarded(
        registration=registration.id,
        from_unit=registration.owner,
        to_unit=unit.id,
        reason=said(command.reason),
    )
    return [Decided(event=event, to=everyone(case), basis="within_provider")]


def refer_case(case: Case, command: ReferCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The handling ends because this is for somebody else, with a reason and where to turn."""
    event = CaseReferred(registration=own(case, actor).id, reason=said(command.reason), turn_to=said(command.turn_to))
    return [Decided(event=event, to=everyone(case))]
