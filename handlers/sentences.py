"""What happened, in a sentence for the one who looks. Messages and answers speak for themselves."""

from datetime import datetime
from functools import partial

from dialogs.sentences import N_, Translate
from handlers.names import first_name
from handlers.sentences_sharing import joining_sentence
from inbox.cases import events as e
from inbox.cases.model import CITIZENS
from inbox.cases.views import Entry
from inbox.directory.tree import Directory
from inbox.principals.seat import SeatKind


def sentence_for(entry: Entry, directory: Directory, names: dict[str, str], _: Translate) -> str:
    """A line for the thread; empty for what is shown as a bubble of its own."""
    event, own = entry.event, entry.by.own
    called = partial(_called, directory, entry.at)
    unit = called(entry.by.unit)
    # Whether the name may be known is decided where the entry was cut for this reader.
    reporter = first_name(entry.by.name) or _(N_("Anmälaren"))
    match event:
        case e.CaseSubmitted(number=number):
            told = (
                N_("Du skickade in. Ärendet har nummer {number}.") if own else N_("Ärendet kom in med nummer {number}.")
            )
            return _(told).format(number=number)
        case e.CaseTaken(handler=handler):
            if handler is None:
                return _(N_("En handläggare på {unit} har tagit hand om ärendet.")).format(unit=unit)
            return _(N_("{name} handlägger ärendet.")).format(name=names.get(handler, _(N_("En kollega"))))
        case e.CaseReleased():
            if own:
                return _(N_("Ärendet lades tillbaka i kön."))
            return _(N_("Ärendet väntar på en ny handläggare på {unit}.")).format(unit=unit)
        case e.WaitingStopped():
            if own:
                return _(N_("Ni väntar inte längre på svar."))
            return _(N_("{unit} fortsätter utan att vänta på svar.")).format(unit=unit)
        case e.CaseForwarded(from_unit=old, to_unit=new, reason=reason):
            told = N_("Ärendet flyttades från {old} till {new}. Skäl: {reason}")
            return _(told).format(old=called(old), new=called(new), reason=reason)
        case e.PlaceSet(unit=place):
            return _(N_("Ärendet gäller {unit}.")).format(unit=called(place))
        case e.AnswerRated() | e.CaseReopened() | e.CaseWithdrawn() | e.CaseReferred() | e.ThreadClosed():
            return _ending(event, entry, reporter, unit, _)
        case e.DisclosureAssessed():
            return _(N_("Bedömning av om svaret får lämnas ut:"))
        case e.CaseAnswered():
            return _(N_("Svaret är skickat.")) if own else _(N_("{unit} har svarat.")).format(unit=unit)
        case e.MessagePosted() | e.NoteWritten() | e.AnswerExtended():
            return ""
        case e.QuestionsAsked(name=name) | e.QuestionsAnswered(name=name):
            return _(_QUESTIONS[type(event)]).format(unit=unit, name=name)
        case e.SeatOpened() | e.SeatEnded():
            return _(_SITS[event.sits_as] if isinstance(event, e.SeatOpened) else _GONE)
        case _:
            by = reporter if entry.by.kind in CITIZENS else unit
            return joining_sentence(event, own=own, name=called, by=by, _=_)


Ending = e.AnswerRated | e.CaseReopened | e.CaseWithdrawn | e.CaseReferred | e.ThreadClosed


def _ending(event: Ending, entry: Entry, reporter: str, unit: str, _: Translate) -> str:
    match event:
        case e.AnswerRated(rating=rating):
            return _(_RATED_OWN[rating] if entry.by.own else _RATED[rating]).format(name=reporter)
        case e.CaseReopened():
            if entry.by.kind in CITIZENS:
                return _(
                    N_("Du ställde en följdfråga. Ärendet är öppet igen.")
                    if entry.by.own
                    else N_("{name} ställde en följdfråga. Ärendet är öppet igen.")
                ).format(name=reporter)
            return _(N_("Ärendet öppnades igen av {unit}.")).format(unit=unit)
        case e.CaseWithdrawn():
            told = N_("Du återkallade ärendet.") if entry.by.own else N_("{name} återkallade ärendet.")
            return _(told).format(name=reporter)
        case e.CaseReferred():
            return _(N_("{unit} kan inte handlägga ärendet.")).format(unit=unit)
        case e.ThreadClosed():
            return _(N_("Ärendet är stängt. Tiden för följdfrågor är slut."))


_QUESTIONS = {
    e.QuestionsAsked: N_("{unit} ställer frågor: {name}."),
    e.QuestionsAnswered: N_("Svar på frågorna: {name}."),
}
_GONE = N_("En person är inte med i ärendet längre.")
_SITS = {
    SeatKind.PATIENT: N_("Patienten är med i ärendet."),
    SeatKind.REPORTER: N_("En närstående är med i ärendet."),
    SeatKind.GUARDIAN: N_("En vårdnadshavare är med i ärendet."),
    SeatKind.PROXY: N_("Ett ombud är med i ärendet."),
}
_RATED_OWN = {
    "yes": N_("Du svarade att du fick svar på din fråga."),
    "partly": N_("Du svarade att du delvis fick svar på din fråga."),
    "no": N_("Du svarade att du inte fick svar på din fråga."),
}
_RATED = {
    "yes": N_("{name} tycker att svaret svarade på frågan."),
    "partly": N_("{name} tycker att svaret delvis svarade på frågan."),
    "no": N_("{name} tycker inte att svaret svarade på frågan."),
}


def _called(directory: Directory, at: datetime, id: str | None) -> str:
    # What happened is told in the names of its time.
    return directory.name_at(id, at) if id else ""
