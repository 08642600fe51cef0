"""The last page before sending: every answer, who receives it, who may read it, and when an answer is aimed at."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, Literal

from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace

from dialogs.chapters import Progressing, part_at
from dialogs.display import words
from dialogs.schema.model import REVIEW, EndingText, StepText
from dialogs.schema.values import Skipped
from dialogs.sentences import N_
from dialogs.submission import Submission, submission
from dialogs.view import Turn, summary, to_know
from handlers.intake.typed_words import Line
from handlers.intake.view import Showing, besides, mark_for, names_in, suggested_title
from handlers.page import Page
from handlers.requests import services_of, wants_fragment
from handlers.view.locale import Locale, locale_of
from handlers.view.models import Problem
from inbox.actions.context import DecisionContext, Rules
from inbox.cases.case_types import ByReceiver, type_of
from inbox.directory.model import Unit
from inbox.intake.drafts import Standing
from inbox.intake.mapping import sending_of

READERS = {
    "unit": N_("Bara de som handlägger ärenden på {name} får läsa. Patientnämnden läser bara om du säger ja."),
    "board": N_("Bara de som handlägger ärenden på {name} får läsa. Vården får inte läsa om du inte säger ja."),
    "shared": N_(
        "Bara de som handlägger ärenden på {name} får läsa. Du har sagt att de får visa det för vården. "
        "Du ser när de gör det, och kan ändra dig innan dess. Vill de visa mer frågar de dig först."
    ),
    "case": N_("Alla som är med i ärendet läser dina svar."),
}
"""Who may read, by who receives it and what was agreed to."""


class ReceiverView(Struct, frozen=True):
    """Who it goes to."""

    name: str
    kind: Literal["care", "board"]


class Prospect(Struct, frozen=True):
    """What becomes of it when it is sent now."""

    receiver: ReceiverView
    readers: str
    goal: date | None
    told: str
    """By what kind of case it becomes, where no answer is aimed at; maybe nothing."""
    icon: str


class ReviewPage(Page, frozen=True, kw_only=True):
    """Every answer, before it is sent."""

    template: ClassVar[str] = "intake/review.html"

    fragment: bool
    chapter: Progressing | None
    turns: tuple[Turn, ...]
    besides: tuple[tuple[str, str], ...]
    """What can be told besides, if somebody wants to: a step, and what it asks."""
    notes: tuple[StepText, ...]
    """What to know before it is sent."""
    receiver: ReceiverView
    readers: str
    """A sentence: who may read."""
    goal: date | None
    aside: str
    """What is told instead of a goal; maybe nothing."""
    sign: str
    """The icon beside that."""
    signed_in: bool
    told: str
    """What to know first: that answers were changed in another window, for example."""
    said: tuple[Line, ...]
    """What was said at a question that is not asked any more."""
    emergency: EndingText | None
    saved_at: datetime
    revision: str
    client_id: str
    case: str
    """Whose questions it answers; empty: it begins a case."""
    asked: str
    """What was asked there."""
    errors: tuple[Problem, ...]


def draw_review(request: web.Request, standing: Standing, showing: Showing, *, signed_in: bool) -> web.Response:
    """The review. Nothing is sent by looking at it."""
    services, draft, dialog = services_of(request), standing.draft, standing.dialog
    language = services.language(request)
    ahead = prospect(request, standing)
    turns = summary(dialog, draft.answers, standing.facts, language, names_in(request, standing))
    page = ReviewPage(
        fragment=wants_fragment(request),
        chapter=part_at(dialog, REVIEW, language),
        turns=tuple(_titled(request, standing, turns)),
        besides=besides(standing, language),
        notes=to_know(dialog, draft.answers, standing.facts, language),
        receiver=ahead.receiver,
        readers=ahead.readers,
        goal=ahead.goal,
        aside=ahead.told,
        sign=ahead.icon,
        # Nobody but who is here as one of the case has such a draft, by a code maybe.
        signed_in=signed_in or draft.case_id is not None,
        told=showing.told,
        said=showing.said,
        emergency=words(dialog, language).emergency if showing.urgent else None,
        saved_at=draft.updated_at,
        revision=str(mark_for(request, standing)),
        client_id=services.new_id(),
        case=draft.case_id or "",
        asked=draft.request or "",
        errors=showing.errors,
    )
    return services.render(request, page, showing.status)


def prospect(request: web.Request, standing: Standing) -> Prospect:
    """Who receives it, who may read it, and when an answer is aimed at: by the rules that sending follows."""
    services, locale, draft = services_of(request), locale_of(request), standing.draft
    if draft.request:
        return _within(services.directory.units.get(standing.asked_by), locale)
    sent = submission(standing.dialog, draft.answers, standing.facts)
    sending = sending_of(
        draft.id,
        sent,
        standing.dialog,
        draft.dialog,
        draft.language,
        services.directory,
        standing.board,
        standing.files,
        standing.facts.today,
    )
    receiver = services.directory.units[sending.receiver]
    type = type_of(sending.type)
    return Prospect(
        receiver=receiver_view(receiver),
        readers=_readers(receiver, sent, standing.dialog.case.agrees, locale),
        goal=_facts(request).goal(type, receiver),
        told=told_for(type.told_in(locale.language).review, receiver),
        icon=type.icon,
    )


def _within(asks: Unit | None, locale: Locale) -> Prospect:
    """Of answers to what was asked within a case: they are read as what is said there to everyone."""
    receiver = receiver_view(asks) if asks else ReceiverView("", "care")
    return Prospect(receiver, locale.t(READERS["case"]), goal=None, told="", icon="")


def told_for(words: ByReceiver | None, receiver: Unit) -> str:
    """The sentence for who receives it; empty where there is none."""
    return "" if words is None else words.board if receiver.is_board else words.care


def receiver_view(unit: Unit, name: str = "") -> ReceiverView:
    """The unit or the board as the page shows it; by another name, where it had one then."""
    return ReceiverView(name or unit.name, "board" if unit.is_board else "care")


def _facts(request: web.Request) -> DecisionContext:
    services = services_of(request)
    rules = Rules(goal_days=services.place.goal_days, reply_days=services.place.reply_days)
    return DecisionContext(
        now=services.now(), today=locale_of(request).today, directory=services.directory, rules=rules
    )


def _readers(receiver: Unit, sent: Submission, agrees: str, locale: Locale) -> str:
    agreed = "shared" if "yes" in sent.picked(agrees) else "board"
    return locale.t(READERS[agreed if receiver.is_board else "unit"], name=receiver.name)


def _titled(request: web.Request, standing: Standing, turns: Iterable[Turn]) -> Iterable[Turn]:
    """A title that was left out is the one we suggested."""
    title = standing.dialog.case.title
    skipped = isinstance(standing.draft.answers.get(title), Skipped)
    for turn in turns:
        suggested = turn.id == title and skipped
        yield replace(turn, lines=(suggested_title(request, standing),), left_out=False) if suggested else turn
