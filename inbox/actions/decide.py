"""Which function decides which command. A command without one fails the type check."""

from typing import assert_never

from inbox.actions import closing, ending, forwarding, handling, messaging, noting, sharing, stating, submitting
from inbox.actions.context import DecisionContext
from inbox.actions.newer import check_seen
from inbox.cases import commands as c
from inbox.cases.errors import NoSuchCase
from inbox.cases.events import Decided
from inbox.cases.model import Actor, Case


def decide(case: Case | None, command: c.AnyCommand, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """What happens when the command is carried out now. Raises the refusal of the rule that hinders it."""
    if isinstance(command, c.SubmitCase):
        return submitting.submit_case(command, facts)
    if case is None:
        raise NoSuchCase
    if isinstance(command, c.Reply):
        check_seen(facts.since, actor)
    match command:
        case c.TakeCase():
            return handling.take_case(case, command, actor, facts)
        case c.AssignCase():
            return handling.assign_case(case, command, actor, facts)
        case c.ReleaseCase():
            return handling.release_case(case, command, actor, facts)
        case c.StopWaiting():
            return handling.stop_waiting(case, command, actor, facts)
        case c.SetPlace():
            return handling.set_place(case, command, actor, facts)
        case c.PostMessage():
            return messaging.post_message(case, command, actor, facts)
        case c.AskReporter():
            return messaging.ask_reporter(case, command, actor, facts)
        case c.WriteNote():
            return noting.write_note(case, command, actor, facts)
        case c.ForwardCase():
            return forwarding.forward_case(case, command, actor, facts)
        case c.ReferCase():
            return forwarding.refer_case(case, command, actor, facts)
        case c.AnswerCase():
            return closing.answer_case(case, command, actor, facts)
        case c.ProposeSharing():
            return sharing.propose_sharing(case, command, actor, facts)
        case c.GiveConsent():
            return sharing.give_consent(case, command, actor, facts)
        case c.RefuseConsent():
            return sharing.refuse_consent(case, command, actor, facts)
        case c.WithdrawConsent():
            return sharing.withdraw_consent(case, command, actor, facts)
        case c.LeaveCase():
            return sharing.leave_case(case, command, actor, facts)
        case c.AskStatement():
            return stating.ask_statement(case, command, actor, facts)
        case c.GiveStatement():
            return stating.give_statement(case, command, actor, facts)
        case c.ReleaseStatement():
            return stating.release_statement(case, command, actor, facts)
        case c.RateAnswer():
            return ending.rate_answer(case, command, actor, facts)
        case c.AskOn():
            return ending.ask_on(case, command, actor, facts)
        case c.AddToAnswer():
            return ending.add_to_answer(case, command, actor, facts)
        case c.ReopenCase():
            return ending.reopen_case(case, command, actor, facts)
        case c.WithdrawCase():
            return ending.withdraw_case(case, command, actor, facts)
        case c.CloseThread():
            return ending.close_thread(case, command, actor, facts)
    assert_never(command)
