"""The one door: a command goes in, what came of it is told to those it concerns."""

from handlers.services import Services
from inbox.act import Outcome
from inbox.commands import AnyCommand
from inbox.model import Identity


async def carry_out(services: Services, identity: Identity | None, command: AnyCommand) -> Outcome:
    """What became of the command, committed. Raises the refusal of the rule that hinders it."""
    outcome = await services.act.carry_out(command, identity)
    services.publisher.tell(outcome)
    return outcome
