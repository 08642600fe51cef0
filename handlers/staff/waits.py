"""What cannot be done with a case yet, and why: it stays where it is looked for, with what it waits for."""

from msgspec import Struct

from dialogs.sentences import N_
from handlers.thread.open_case import registration_of
from handlers.thread.view_context import ViewContext, reporter_name
from handlers.view.locale import Locale
from inbox.actions.audience import of_kind
from inbox.cases.model import PartyKind, Registration, State
from inbox.cases.permissions import later


class Later(Struct, frozen=True):
    """Which of the acts that end a case, move it or ask something have to wait."""

    why: str
    """Empty when nothing waits."""
    answer: bool = False
    ask: bool = False
    forward: bool = False
    ask_statement: bool = False


def later_at(look: ViewContext) -> Later:
    """The same for the case that is looked at."""
    waits = later(look.case, look.actor)
    board_asks = bool(of_kind(look.case, PartyKind.PROVIDER))
    return later_of(waits, registration_of(look.thread), reporter_name(look), look.locale, asks=board_asks)


def later_of(
    waits: frozenset[str], registration: Registration, reporter: str, locale: Locale, *, asks: bool = False
) -> Later:
    """The same by the tags that wait. `asks`: there is somebody to ask for a statement."""
    found = Later(
        why=why_not(registration.state, reporter, locale),
        answer="answer_case" in waits,
        ask="ask_reporter" in waits,
        forward="forward_case" in waits,
        ask_statement=asks and "ask_statement" in waits,
    )
    return found if found.answer or found.ask or found.forward or found.ask_statement else Later("")


def why_not(state: State, reporter: str, locale: Locale) -> str:
    """What an open case waits for, and what to do if one does not want to."""
    match state:
        case State.RECEIVED:
            return locale.t(N_("Ta ärendet först. Sedan kan du svara på det."))
        case State.AWAITING_CITIZEN:
            return locale.t(N_("Väntar på svar från {name}. Annars väljer du Fortsätt utan svar."), name=reporter)
        case State.AWAITING_STATEMENT:
            return locale.t(N_("Väntar på vårdens yttrande. Annars väljer du Fortsätt utan svar."))
        case _:
            return ""
