"""A draft becomes a case."""

from inbox.actions.context import DecisionContext
from inbox.cases.case_types import type_of
from inbox.cases.commands import Parts, SubmitCase
from inbox.cases.errors import NotReady, WrongReceiver
from inbox.cases.events import CaseSubmitted, Decided, SharingAgreed
from inbox.cases.model import REPORTER


def submit_case(command: SubmitCase, facts: DecisionContext) -> list[Decided]:
    """The case begins at the receiver the reporter chose; NotReady or WrongReceiver."""
    sending = facts.sending
    if sending is None:
        raise NotReady
    receiver = facts.directory.find(sending.receiver)
    if receiver is None or not receiver.connected:
        raise WrongReceiver(unit=sending.receiver)
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
        goal=facts.goal(type_of(sending.type), receiver),
        story=sending.story,
        answers=sending.answers,
        submission=sending.submission,
        files=sending.files,
    )
    to = (REPORTER, "a1")
    decided = [Decided(event=event, to=to)]
    if receiver.is_board and sending.agreed and sending.place:
        # Of a place in words nobody can say yet which unit it is: there she is asked.
        parts = Parts(answers=True, files=tuple(file.id for file in sending.files))
        decided.append(Decided(event=SharingAgreed(unit=sending.place, parts=parts, text=sending.agreed), to=to))
    return decided
