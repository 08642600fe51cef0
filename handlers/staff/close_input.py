"""The closing form: what is typed in it, what it begins with, and the command it becomes."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from msgspec import Struct

from dialogs.schema.categories import load_categories
from handlers.requests import first
from inbox.cases.commands import AnswerCase, Measure
from inbox.cases.model import Case
from inbox.directory.model import Unit

Typed = Mapping[str, tuple[str, ...]]


class MeasureTyped(Struct, frozen=True):
    """A row of the form."""

    text: str = ""
    responsible: str = ""
    due: str = ""

    @property
    def day(self) -> date | None:
        """The day, if it is one."""
        with suppress(ValueError):
            return date.fromisoformat(self.due)
        return None


class AnswerTyped(Struct, frozen=True, kw_only=True):
    """Everything in the form."""

    explanation: str = ""
    measures: tuple[MeasureTyped, ...] = ()
    nothing: bool = False
    """No measures are taken."""
    no_measures: str = ""
    regret: str = ""
    problems: tuple[str, ...] = ()
    area: str = ""
    assessment: str = ""

    @property
    def done(self) -> tuple[MeasureTyped, ...]:
        """The rows that say something is done."""
        return () if self.nothing else tuple(row for row in self.measures if row.text)


def answer_typed(typed: Typed) -> AnswerTyped:
    """What the form holds. Categories and areas that are not in the list are left out."""
    categories = load_categories()
    rows = zip(
        typed.get("measure_text", ()),
        typed.get("measure_responsible", ()),
        typed.get("measure_due", ()),
        strict=False,
    )
    area = first(typed, "area")
    return AnswerTyped(
        explanation=first(typed, "explanation").strip(),
        measures=tuple(row for text, who, due in rows if (row := _row(text, who, due)) != MeasureTyped()),
        nothing=bool(first(typed, "nothing")),
        no_measures=first(typed, "no_measures").strip(),
        regret=first(typed, "regret").strip(),
        problems=tuple(dict.fromkeys(code for code in typed.get("problems", ()) if categories.problem(code))),
        area=area if categories.area(area) else "",
        assessment=first(typed, "assessment").strip(),
    )


def answer_begun(case: Case, unit: Unit | None) -> AnswerTyped:
    """What the form begins with: the classification from the reporter's answers, the area from the unit."""
    categories = load_categories()
    area = categories.area(unit.area) if unit else None
    return AnswerTyped(
        problems=tuple(code for code in case.themes if categories.problem(code)),
        area=(area.parent or area.code) if area else "",
    )


def fields_of(typed: AnswerTyped) -> dict[str, object]:
    """The fields of the command, in values that are still to be checked."""
    return {
        "explanation": typed.explanation,
        "measures": [{"text": row.text, "responsible": row.responsible, "due": row.due or None} for row in typed.done],
        "no_measures": typed.no_measures if typed.nothing else "",
        "regret": typed.regret,
        "problems": list(typed.problems),
        "area": typed.area,
        "assessment": typed.assessment,
    }


def as_it_stands(typed: AnswerTyped, case: Case) -> AnswerCase:
    """The command as far as it is written: only for asking what is missing."""
    return AnswerCase(
        case=case.id,
        client_id="",
        explanation=typed.explanation,
        measures=tuple(Measure(text=row.text, responsible=row.responsible, due=row.day) for row in typed.done),
        no_measures=typed.no_measures if typed.nothing else "",
        regret=typed.regret,
        problems=typed.problems,
        area=typed.area,
        assessment=typed.assessment,
    )


def _row(text: str, responsible: str, due: str) -> MeasureTyped:
    return MeasureTyped(text.strip(), responsible.strip(), due.strip())
