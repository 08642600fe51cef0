"""The one way in for commands: a command goes in, and those it concerns are told what came of it."""

from msgspec.structs import replace

from dialogs.danger.emergency import emergency
from dialogs.errors import Refused
from handlers.consenting import worded
from handlers.limits import Act
from handlers.parse import tag_of
from handlers.services import Services
from inbox.cases.commands import AnswerQuestions, AnyCommand, AskOn, PostMessage, WithdrawCase
from inbox.cases.model import Identity
from inbox.execution.executor import Outcome
from inbox.principals.principal import SERVICE


async def dispatch(services: Services, identity: Identity, command: AnyCommand, language: str) -> Outcome:
    """What became of the command, committed. Raises the refusal of the rule that hinders it.

    `language` is the one that whoever gives the command is talked to in: what they agree to is kept in those words.
    """
    try:
        return await _done(services, identity, command, language)
    except Refused as refusal:
        services.security.refused("command", identity.key, refusal.code, command=tag_of(command))
        raise


async def _done(services: Services, identity: Identity, command: AnyCommand, language: str) -> Outcome:
    if identity.who != SERVICE:
        services.limits.check(Act.COMMAND, identity.key)
        command = await worded(services, identity, command, language)
    outcome = await services.act.carry_out(command, identity)
    services.publisher.tell(outcome)
    if calls_for_help(command, identity):
        outcome = replace(outcome, urgent=True)
        if not outcome.repeated:
            services.help_shown("thread")
    if not isinstance(command, PostMessage):
        # It may have taken somebody's standing away: then nothing more reaches them once it is acknowledged.
        await services.publisher.told_everywhere()
    return outcome


def calls_for_help(command: AnyCommand, identity: Identity) -> bool:
    """Whether a citizen has written words of danger: the writer is shown where to call, and nobody is told."""
    if not identity.citizen:
        return False
    match command:
        case PostMessage(text=text) | AskOn(text=text) | WithdrawCase(reason=text):
            return emergency(text)
        case AnswerQuestions(answers=answers):
            return any(emergency(each.text) for each in answers)
        case _:
            return False
