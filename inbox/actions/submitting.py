"""A draft becomes a case."""

from inbox.actions.context import DecisionContext
from inbox.cases.commands import SubmitCase
from inbox.cases.errors import NotReady, WrongReceiver
from inbox.cases.events import CaseSubmitted, Decided
from inbox.cases.model import REPORTER, CaseType


def submit_case(command: SubmitCase, facts: DecisionContext) -> list[Decided]:
    """The case begins at the receiver the reporter chose; NotReady or WrongReceiver."""
    sending = facts.sending
    if sending is None:
        raise NotReady
    receiver = facts.directory.find(sending.receiver)
    if receiver is None or not receiver.connected:
        raise WrongReceiver(unit=sending.receiver)
    praise = sending.type is CaseType.PRAISE
    event = CaseSubmitted(
        type=sending.type,
        dialog=sending.dialog,
        language=sending.language,
        relation=sending.relation,
        title=sending.title,
        themes=sending.themes,
        place=sending.place,
        place_text=sending.place_text,
        receiver=receiver.id,
        authority=facts.directory.authority_of(receiver),
        board=receiver.is_board,
        number=facts.number,
        goal=None if praise else facts.goal(receiver.goal_days),
        story=sending.story,
        answers=sending.answers,
        submission=sending.submission,
        files=sending.files,
    )
    return [Decided(event=event, to=(REPORTER, "a1"))]
