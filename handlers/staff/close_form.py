"""The closing form as it is drawn: what is written, what can be chosen, and everything that is still missing."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from dialogs.schema.categories import Category, load_categories
from dialogs.sentences import N_, Counted
from handlers.errors import GUARDS
from handlers.staff.close_input import AnswerTyped, MeasureTyped, as_it_stands
from handlers.thread.open_case import registration_of
from handlers.thread.view_context import ViewContext, reporter_name
from handlers.view.locale import Locale
from handlers.view.models import Problem
from inbox.actions.closing import Guard, unmet
from inbox.cases.case_types import type_of

FIELDS = {
    Guard.EXPLANATION: "explanation",
    Guard.MEASURES: "measure-1",
    Guard.PROBLEM: "problems",
    Guard.AREA: "area",
    Guard.PLACE: "place",
    Guard.ASSESSMENT: "assessment",
    Guard.STATEMENT: "answer-form",
}
"""Where on the page each is mended."""
LONGEST_MEASURE, LONGEST_LINE = 2_000, 200
WHY = {
    # PSL 3:8 b.
    Guard.EXPLANATION: N_("{name} ska få veta vad som hände."),
    Guard.MEASURES: N_("{name} ska få veta vad ni gör åt det."),
    Guard.PROBLEM: N_("Behövs för statistiken."),
    Guard.AREA: N_("Behövs för statistiken."),
    Guard.PLACE: N_("{name} skrev med egna ord."),
    # OSL 25:1, PSL 6:12.
    Guard.ASSESSMENT: N_("{name} är inte patienten."),
    Guard.STATEMENT: N_("Vänta tills yttrandet har kommit."),
}

TOO_LONG = Counted("Texten är för lång. Ta bort {n} tecken.", "Texten är för lång. Ta bort {n} tecken.", "n")


class GuardView(Struct, frozen=True):
    """Something that is missing, why it is needed, and where to mend it."""

    text: str
    why: str
    url: str


class ProblemView(Struct, frozen=True):
    """A category that is chosen."""

    code: str
    main: str
    sub: str


class SubView(Struct, frozen=True):
    """A category that can be added."""

    code: str
    sub: str


class GroupView(Struct, frozen=True):
    """Categories under one heading."""

    main: str
    subs: tuple[SubView, ...]


class AreaView(Struct, frozen=True):
    """An area of activity."""

    code: str
    label: str
    chosen: bool


class FormView(Struct, frozen=True, kw_only=True):
    """The form."""

    explanation: str
    measures: tuple[MeasureTyped, ...]
    nothing: bool
    no_measures: str
    regret: str
    problems: tuple[ProblemView, ...]
    more_problems: tuple[GroupView, ...]
    areas: tuple[AreaView, ...]
    measured: bool
    """Whether measures belong to the answer: they are the care's to take."""
    classified: bool
    """Whether it is counted by problem and area."""
    needs_assessment: bool
    assessment: str


def form_view(typed: AnswerTyped, look: ViewContext, *, rows: int) -> FormView:
    """The form with what is typed, and at least so many rows for measures."""
    blank = as_it_stands(replace(typed, assessment=""), look.case)
    spare = max(0, rows - len(typed.measures))
    return FormView(
        explanation=typed.explanation,
        measures=typed.measures + (MeasureTyped(),) * spare,
        nothing=typed.nothing,
        no_measures=typed.no_measures,
        regret=typed.regret,
        problems=_chosen(typed, look.locale),
        more_problems=_offered(typed, look.locale),
        areas=_areas(typed, look.locale),
        measured=look.side != "board",
        classified="classification" in type_of(look.case.type).answer,
        needs_assessment=Guard.ASSESSMENT in unmet(look.case, registration_of(look.thread), blank),
        assessment=typed.assessment,
    )


def guards_of(typed: AnswerTyped, look: ViewContext) -> tuple[GuardView, ...]:
    """Everything that is missing, at once, in the order of the form."""
    missing = unmet(look.case, registration_of(look.thread), as_it_stands(typed, look.case))
    say, name = look.locale.t, reporter_name(look)
    return tuple(
        GuardView(say(GUARDS[guard]), say(_why(guard, look), name=name), _where(guard, look)) for guard in missing
    )


def _why(guard: Guard, look: ViewContext) -> str:
    return N_("Svara nämnden först.") if guard is Guard.STATEMENT and look.side == "care" else WHY[guard]


def _where(guard: Guard, look: ViewContext) -> str:
    """Where it is mended: on the form, but a statement is given in the thread."""
    return f"{look.url}#open" if guard is Guard.STATEMENT else f"#{FIELDS[guard]}"


def wrong_rows(typed: AnswerTyped, locale: Locale) -> tuple[Problem, ...]:
    """Rows for measures that cannot be understood."""
    problems = []
    for number, row in enumerate(typed.measures, start=1):
        if not row.text and not typed.nothing:
            problems.append(Problem(f"measure-{number}", locale.t(N_("Skriv vad ni gör, eller töm hela raden."))))
        if len(row.text) > LONGEST_MEASURE:
            problems.append(Problem(f"measure-{number}", too_long(row.text, LONGEST_MEASURE, locale)))
        if len(row.responsible) > LONGEST_LINE:
            problems.append(Problem(f"measure-{number}", too_long(row.responsible, LONGEST_LINE, locale)))
        if row.due and row.day is None:
            problems.append(Problem(f"due-{number}", locale.t(N_("Skriv datumet så här: 2026-12-31."))))
    return tuple(problems)


def too_long(text: str, most: int, locale: Locale) -> str:
    """How much of a text has to go."""
    return locale.t(TOO_LONG, n=len(text) - most)


def _chosen(typed: AnswerTyped, locale: Locale) -> tuple[ProblemView, ...]:
    return tuple(ProblemView(code, *_labels(code, locale)) for code in typed.problems)


def _labels(code: str, locale: Locale) -> tuple[str, str]:
    categories = load_categories()
    found, main = categories.problem(code), categories.problem(categories.main_of(code))
    if found is None or main is None:
        return "", code
    return ("", found.label(locale.language)) if found == main else (_label(main, locale), _label(found, locale))


def _offered(typed: AnswerTyped, locale: Locale) -> tuple[GroupView, ...]:
    groups = []
    for main in load_categories().main_problems(locale.today):
        subs = load_categories().sub_problems(main.code, locale.today) or (main,)
        free = tuple(SubView(sub.code, _label(sub, locale)) for sub in subs if sub.code not in typed.problems)
        if free:
            groups.append(GroupView(_label(main, locale), free))
    return tuple(groups)


def _areas(typed: AnswerTyped, locale: Locale) -> tuple[AreaView, ...]:
    today: date = locale.today
    areas = load_categories().main_areas(today)
    return tuple(AreaView(area.code, _label(area, locale), area.code == typed.area) for area in areas)


def _label(category: Category, locale: Locale) -> str:
    return category.label(locale.language)
