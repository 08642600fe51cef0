"""The one door: a command goes in, what came of it is told to those it concerns."""

from handlers.limits import Act
from handlers.services import Services
from inbox.act import Outcome
from inbox.commands import AnyCommand, PostMessage
from inbox.model import Identity


async def carry_out(services: Services, identity: Identity | None, command: AnyCommand) -> Outcome:
    """What became of the command, committed. Raises the refusal of the rule that hinders it."""
    if identity is not None:
        services.limits.check(Act.COMMAND, identity.person)
    outcome = await services.act.carry_out(command, identity)
    services.publisher.tell(outcome)
    if not isinstance(command, PostMessage):
        # It may have taken somebody's standing away: then nothing more reaches them once it is acknowledged.
        await services.publisher.told_everywhere()
    return outcome
