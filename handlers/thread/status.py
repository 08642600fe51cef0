"""Where a case stands, in words: for the one who filed it, and for those who handle it."""

from typing import assert_never

from dialogs.sentences import N_
from handlers.view.locale import Locale
from handlers.view.models import Progress, StageView, StatusView
from inbox.cases.model import Case, Registration, State, UnitId
from inbox.cases.status import Stage, Status, answered_beside, leading_registration, present_in

STAGES = {
    Stage.SENT: N_("Inskickat"),
    Stage.READ: N_("Läst"),
    Stage.EXAMINED: N_("Utreds"),
    Stage.ANSWERED: N_("Svar"),
}
STATES = {
    State.RECEIVED: N_("Nytt"),
    State.IN_PROGRESS: N_("Utreds"),
    State.AWAITING_CITIZEN: N_("Väntar på anmälaren"),
    State.AWAITING_STATEMENT: N_("Väntar på yttrande"),
    State.HANDED_OVER: N_("Lämnat över"),
    State.ANSWERED: N_("Besvarat"),
    State.CLOSED: N_("Stängt"),
    State.WITHDRAWN: N_("Återkallat"),
    State.REFERRED: N_("Hänvisat vidare"),
}
"""For staff."""
TONES = {State.RECEIVED: "new", State.IN_PROGRESS: "active"} | dict.fromkeys(
    (State.AWAITING_CITIZEN, State.AWAITING_STATEMENT), "waiting"
)
ENDS = {State.WITHDRAWN: N_("Återkallat"), State.REFERRED: N_("Avslutat")}
"""What stands instead of the stages that such a case never came to: showing them would be untrue."""


def state_words(state: State, reporter: str, locale: Locale) -> str:
    """What staff call a state. `reporter`: the first name of who filed the case; empty where it is not to be known."""
    if state is State.AWAITING_CITIZEN and reporter:
        return locale.t(N_("Väntar på {name}"), name=reporter)
    return locale.t(STATES[state])


def tone_of(state: State) -> str:
    """How a state is coloured: new, active, waiting, done."""
    return TONES.get(state, "done")


def status_view(case: Case, status: Status, locale: Locale) -> StatusView:
    """The status line and the four stages, for the one who filed the case."""
    goal = status.goal if status.stage < Stage.ANSWERED else None
    return StatusView(now=now_words(status, locale), goal=goal, stages=_stages(case, status, locale))


def now_words(status: Status, locale: Locale) -> str:
    """What happens now, and who holds it; before that who has answered already."""
    return " ".join((*(answered_words(unit, locale) for unit in status.answered), _held_words(status, locale)))


def answered_words(unit: UnitId | None, locale: Locale) -> str:
    """That a unit has answered."""
    return locale.t(N_("{unit} har svarat."), unit=locale.unit(unit))


def _held_words(status: Status, locale: Locale) -> str:
    unit = locale.unit(status.holder)
    match status.state:
        case State.RECEIVED:
            if status.stage is Stage.READ:
                return locale.t(N_("{unit} har öppnat ditt ärende."), unit=unit)
            return locale.t(N_("{unit} har tagit emot ditt ärende. Ingen har öppnat det ännu."), unit=unit)
        case State.IN_PROGRESS:
            return locale.t(N_("{unit} utreder."), unit=unit)
        case State.AWAITING_CITIZEN:
            return locale.t(N_("{unit} väntar på svar från dig."), unit=unit)
        case State.AWAITING_STATEMENT:
            return locale.t(N_("{unit} väntar på svar från vården."), unit=unit)
        case State.HANDED_OVER:
            return locale.t(N_("Ärendet har lämnats över."))
        case State.ANSWERED | State.CLOSED:
            return locale.t(N_("Du har fått svar från {unit}."), unit=unit)
        case State.WITHDRAWN:
            return locale.t(N_("Du har återkallat ärendet."))
        case State.REFERRED:
            return locale.t(N_("{unit} kan inte ta hand om ärendet."), unit=unit)
    assert_never(status.state)


def ended_words(status: Status, locale: Locale) -> str:
    """Why nothing can be written now; empty while the case is open."""
    match status.state:
        case State.ANSWERED if status.reply_until is not None:
            until = locale.day(status.reply_until)
            return locale.t(N_("Du har fått svar. Du kan ställa en följdfråga till och med {day}."), day=until)
        case State.ANSWERED | State.CLOSED:
            return locale.t(N_("Du har fått svar. Det går inte att skriva mer här."))
        case State.WITHDRAWN:
            return locale.t(N_("Du har återkallat ärendet. Det går inte att skriva mer här."))
        case State.REFERRED:
            return locale.t(N_("Ärendet är avslutat. Ovanför står det vart du kan vända dig."))
        case _:
            return ""


def _stages(case: Case, status: Status, locale: Locale) -> tuple[StageView, ...]:
    if status.state in ENDS:
        return _cut_short(case, status, locale)
    return tuple(
        StageView(locale.t(name), _progress(stage, status), _detail(stage, case, status, locale))
        for stage, name in STAGES.items()
    )


def _cut_short(case: Case, status: Status, locale: Locale) -> tuple[StageView, ...]:
    ended = [r.ended_at for r in present_in(case) if r.ended_at is not None]
    return (
        StageView(locale.t(STAGES[Stage.SENT]), "done", locale.day(case.submitted_at)),
        StageView(locale.t(ENDS[status.state]), "done", locale.day(max(ended)) if ended else ""),
    )


def _progress(stage: Stage, status: Status) -> Progress:
    if stage < status.stage or (stage is Stage.ANSWERED and (status.answered or status.stage is Stage.ANSWERED)):
        return "done"
    return "now" if stage is status.stage else "next"


def _detail(stage: Stage, case: Case, status: Status, locale: Locale) -> str:
    if stage is Stage.ANSWERED and status.answered:
        return " ".join(_come_from(one, locale) for one in answered_beside(case, leading_registration(case)))
    if stage > status.stage:
        return _aimed_at(stage, status, locale)
    match stage:
        case Stage.SENT:
            return locale.day(case.submitted_at)
        case Stage.READ:
            return locale.t(N_("av {unit}"), unit=locale.unit(status.holder))
        case Stage.EXAMINED:
            return _held_words(status, locale) if stage is status.stage else ""
        case Stage.ANSWERED:
            answered = [r.answered_at for r in present_in(case) if r.answered_at is not None]
            return locale.day(max(answered)) if answered else ""


def _come_from(answered: Registration, locale: Locale) -> str:
    day = locale.day(answered.answered_at) if answered.answered_at else ""
    return locale.t(N_("Från {unit} {day}."), unit=locale.unit(answered.owner), day=day)


def _aimed_at(stage: Stage, status: Status, locale: Locale) -> str:
    if stage is Stage.ANSWERED and status.goal is not None:
        return locale.t(N_("Mål: senast {day}"), day=locale.day(status.goal))
    return ""
