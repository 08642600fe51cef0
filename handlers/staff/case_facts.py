"""What staff see beside a thread: the goal, and the case in short."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from dialogs.schema.categories import load_categories
from dialogs.schema.values import LEFT_OUT
from dialogs.sentences import N_
from handlers.staff.due import Tone, left_words, tone_of_goal
from handlers.thread.entries_view import questions_answered
from handlers.thread.open_case import registration_of
from handlers.thread.view_context import ViewContext
from handlers.view.locale import Locale, in_sweden
from handlers.view.models import QuestionAnswered
from inbox.cases import events as e
from inbox.cases.model import OPEN, Case, Registration, Request
from inbox.intake.library import Dialogs

TOLD = {
    "when": N_("Hände"),
    "themes": N_("Handlar om"),
    "consequences": N_("Påverkan"),
    "patient": N_("Patient"),
    "wants": N_("Vill"),
    "contacts": N_("Tidigare kontakter"),
    "answer_way": N_("Svar önskas"),
    "support": N_("Behöver"),
}
"""What is worth seeing at a glance. Which questions tell it, the definition says."""


class FactRow(Struct, frozen=True):
    """One fact."""

    label: str
    lines: tuple[str, ...]


class FactsView(Struct, frozen=True, kw_only=True):
    """The facts."""

    goal: date | None
    goal_days: int
    used_days: int
    left: str
    left_tone: Tone
    rows: tuple[FactRow, ...]
    answers: tuple[QuestionAnswered, ...]
    waits: tuple[str, ...] = ()
    """Consents that were asked for and are not answered."""


def facts_view(look: ViewContext, dialogs: Dialogs) -> FactsView:
    """The goal while the case is open, and what the reporter has told."""
    registration, locale = registration_of(look.thread), look.locale
    goal = registration.goal if registration.state in OPEN else None
    received = in_sweden(registration.received_at)
    return FactsView(
        goal=goal,
        goal_days=max(1, (goal - received).days) if goal else 0,
        used_days=max(0, (locale.today - received).days),
        left=left_words(goal, locale) if goal else "",
        left_tone=tone_of_goal(goal, locale) if goal else "",
        rows=(*_place(look.case, locale), *_ended(registration, locale), *_told(look, dialogs)),
        answers=questions_answered(look),
        waits=tuple(_waits(request, locale) for request in look.case.requests),
    )


def _waits(request: Request, locale: Locale) -> str:
    return locale.t(N_("Väntar på svar om {unit} får läsa."), unit=locale.unit(request.to))


def theme_words(case: Case, locale: Locale) -> str:
    """The main problem that the reporter's answers point at."""
    categories = load_categories()
    main = categories.problem(categories.main_of(case.themes[0])) if case.themes else None
    return main.label(locale.language) if main else ""


def _place(case: Case, locale: Locale) -> tuple[FactRow, ...]:
    unit = locale.directory.find(case.place) if case.place else None
    named = tuple(part for part in (unit.name, unit.town) if part) if unit else ()
    said = (locale.t(N_("”{text}”"), text=case.place_text),) if case.place_text else ()
    return (FactRow(locale.t(N_("Gäller")), named + said),)


def _ended(registration: Registration, locale: Locale) -> tuple[FactRow, ...]:
    moments: dict[str, datetime | None] = {
        N_("Kom in"): registration.received_at,
        N_("Besvarat"): registration.answered_at,
        N_("Frågor till och med"): registration.reply_until,
        N_("Avslutat"): registration.ended_at,
    }
    return tuple(FactRow(locale.t(label), (locale.day(at),)) for label, at in moments.items() if at is not None)


def _told(look: ViewContext, dialogs: Dialogs) -> tuple[FactRow, ...]:
    told = _answers_by_step(look)
    nothing = LEFT_OUT.get(look.case.language, LEFT_OUT["sv"])
    rows = []
    asked = dialogs.told_at_a_glance(look.case.dialog)
    for fact, label in TOLD.items():
        steps = asked.get(fact, ())
        lines = tuple(line for step in steps for line in told.get(step, ()) if line and line != nothing)
        if lines:
            rows.append(FactRow(look.locale.t(label), lines))
    return tuple(rows)


def _answers_by_step(look: ViewContext) -> Mapping[str, tuple[str, ...]]:
    for entry in look.thread.entries:
        if isinstance(entry.event, e.CaseSubmitted | e.CaseShared) and entry.event.answers:
            gone = (look.locale.t(N_("Uppgiften är borttagen.")),)
            return {each.step: gone if each.removed else each.lines for each in entry.event.answers}
    return {}
