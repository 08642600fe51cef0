"""Sentences about who joins and leaves a case, and about statements."""

from collections.abc import Callable
from typing import assert_never

from dialogs.sentences import N_, Translate
from inbox.cases import events as e

Joining = (
    e.SharingAgreed
    | e.AgreementWithdrawn
    | e.ConsentAsked
    | e.ConsentGiven
    | e.ConsentRefused
    | e.ConsentWithdrawn
    | e.CaseShared
    | e.AuthorityLeft
    | e.StatementAsked
    | e.StatementExpected
    | e.StatementGiven
    | e.StatementReleased
)


def joining_sentence(event: Joining, *, own: bool, name: Callable[[str | None], str], by: str, _: Translate) -> str:
    """A line for the thread. `name` gives a unit's name, `by` is who did it: a unit, or the reporter."""
    match event:
        case e.SharingAgreed(unit=unit):
            told = (
                N_("Du sa ja till att nämnden visar ärendet för {unit}.")
                if own
                else N_("{by} har sagt ja till att ni visar ärendet för {unit}.")
            )
            return _(told).format(by=by, unit=name(unit))
        case e.AgreementWithdrawn(unit=unit):
            told = (
                N_("Du ångrade dig. Nämnden får inte visa ärendet för {unit}.")
                if own
                else N_("{by} har ångrat sig. Ni får inte visa ärendet för {unit} utan att fråga.")
            )
            return _(told).format(by=by, unit=name(unit))
        case e.ConsentAsked(unit=unit):
            told = N_("Ni frågade om {unit} får läsa.") if own else N_("{by} frågar om {unit} får läsa.")
            return _(told).format(by=by, unit=name(unit))
        case e.ConsentGiven(unit=unit):
            told = N_("Du sa ja till att {unit} får läsa.") if own else N_("{by} sa ja till att {unit} får läsa.")
            return _(told).format(by=by, unit=name(unit))
        case e.ConsentRefused(unit=unit):
            told = N_("Du sa nej till att {unit} får läsa.") if own else N_("{by} sa nej till att {unit} får läsa.")
            return _(told).format(by=by, unit=name(unit))
        case e.ConsentWithdrawn(unit=unit):
            return _(N_("{unit} får inte läsa längre. Samtycket är återkallat.")).format(unit=name(unit))
        case e.CaseShared(unit=unit, number=number):
            return _(N_("{unit} är med i ärendet. Nummer där: {number}.")).format(unit=name(unit), number=number)
        case e.AuthorityLeft(unit=unit, reason=reason):
            return _(N_("{unit} lämnade ärendet. Skäl: {reason}")).format(unit=name(unit), reason=reason)
        case e.StatementAsked():
            return _(N_("{by} ber om ett yttrande.")).format(by=by)
        case e.StatementExpected():
            return _(N_("{by} har bett vården om ett yttrande.")).format(by=by)
        case e.StatementGiven():
            return _(N_("{by} lämnade ett yttrande.")).format(by=by)
        case e.StatementReleased(unit=unit):
            return _(N_("Yttrande från {unit}.")).format(unit=name(unit))
    assert_never(event)
