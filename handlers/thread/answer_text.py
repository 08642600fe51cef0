"""The final answer: for the page it is read on, and as plain text for those who gave it."""

from collections.abc import Iterable

from dialogs.sentences import N_
from handlers.view.locale import Locale, in_sweden
from handlers.view.models import AnswerView, MeasureView, Side
from inbox.cases import events as e
from inbox.cases.commands import Measure
from inbox.cases.model import Case
from inbox.cases.views import Entry


def newest_answer(entries: Iterable[Entry]) -> tuple[Entry, e.CaseAnswered] | None:
    """The final answer that holds now, with its entry; None before there is one."""
    return next(reversed(answers_in(entries)), None)


def answers_in(entries: Iterable[Entry]) -> list[tuple[Entry, e.CaseAnswered]]:
    """Every final answer, by whomever it was given, with its entry; the newest last."""
    return [(entry, entry.event) for entry in entries if isinstance(entry.event, e.CaseAnswered)]


def answer_view(entry: Entry, event: e.CaseAnswered, case: Case, locale: Locale) -> AnswerView:
    """The answer, signed by the unit that gave it, as it was called then."""
    registration = case.registration(event.registration)
    side: Side = "board" if entry.by.kind == "board" else "care"
    return AnswerView(
        author=locale.unit_since(entry.by.unit, entry.at),
        side=side,
        number=registration.number,
        at=entry.at,
        days=(in_sweden(entry.at) - in_sweden(registration.received_at)).days,
        explanation=event.explanation,
        measures=tuple(MeasureView(each.text, each.responsible, each.due) for each in event.measures),
        no_measures=event.no_measures,
        regret=event.regret,
    )


def letter_text(event: e.CaseAnswered, locale: Locale) -> str:
    """The final answer as plain text, for those who gave it: in the parts that its reader sees."""
    does = "\n".join(_measure(measure, locale) for measure in event.measures)
    parts = {
        N_("Det här hände"): event.explanation,
        N_("Det här gör vi"): "\n\n".join(part for part in (does, event.no_measures) if part),
        N_("Vi beklagar"): event.regret,
    }
    return "\n\n".join(f"{locale.t(head)}\n{text}" for head, text in parts.items() if text)


def _measure(measure: Measure, locale: Locale) -> str:
    said = []
    if measure.due:
        said.append(locale.t(N_("Klart senast {day}."), day=locale.day(measure.due)))
    if measure.responsible:
        said.append(locale.t(N_("Ansvarig: {name}."), name=measure.responsible))
    return "\n".join(part for part in (f"– {measure.text}", " ".join(said)) if part)
