"""Which function decides which command."""

from collections.abc import Callable
from typing import Any

from inbox.actions import closing, ending, forwarding, handling, messaging, noting, sharing, stating, submitting
from inbox.actions.context import DecisionContext
from inbox.actions.newer import check_seen
from inbox.cases import commands as c
from inbox.cases.errors import NoSuchCase
from inbox.cases.events import Decided
from inbox.cases.model import Actor, Case

Rule = Callable[[Case, Any, Actor, DecisionContext], list[Decided]]
RULES: dict[type[c.AnyCommand], Rule] = {
    c.TakeCase: handling.take_case,
    c.AssignCase: handling.assign_case,
    c.ReleaseCase: handling.release_case,
    c.StopWaiting: handling.stop_waiting,
    c.SetPlace: handling.set_place,
    c.PostMessage: messaging.post_message,
    c.AskReporter: messaging.ask_reporter,
    c.WriteNote: noting.write_note,
    c.ForwardCase: forwarding.forward_case,
    c.ReferCase: forwarding.refer_case,
    c.AnswerCase: closing.answer_case,
    c.ProposeSharing: sharing.propose_sharing,
    c.GiveConsent: sharing.give_consent,
    c.RefuseConsent: sharing.refuse_consent,
    c.WithdrawConsent: sharing.withdraw_consent,
    c.LeaveCase: sharing.leave_case,
    c.AskStatement: stating.ask_statement,
    c.GiveStatement: stating.give_statement,
    c.ReleaseStatement: stating.release_statement,
    c.RateAnswer: ending.rate_answer,
    c.AskOn: ending.ask_on,
    c.AddToAnswer: ending.add_to_answer,
    c.ReopenCase: ending.reopen_case,
    c.WithdrawCase: ending.withdraw_case,
    c.CloseThread: ending.close_thread,
}
"""Of what can be done in a case. A command without one fails a test."""


def decide(case: Case | None, command: c.AnyCommand, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """What happens when the command is carried out now. Raises the refusal of the rule that hinders it."""
    if isinstance(command, c.SubmitCase):
        return submitting.submit_case(command, facts)
    if case is None:
        raise NoSuchCase
    if isinstance(command, c.Reply):
        check_seen(facts.since, actor)
    return RULES[type(command)](case, command, actor, facts)
