"""The guided chat drawn: the talk so far and the question now, or a way out. Nothing is decided here."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar

from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace

from dialogs.display import step_text, words
from dialogs.engine import known_from, proposed, walk
from dialogs.kinds import kind_of
from dialogs.kinds.place import Place
from dialogs.kinds.short_text import Text
from dialogs.schema.model import Ending, EndingText, Step
from dialogs.schema.routing import asked_on
from dialogs.titles import suggest_title
from dialogs.understanding import Understanding, understanding
from dialogs.view import TRIES_BEFORE_HELP, Question, Turn, WayOut, question, transcript, way_out
from handlers.intake.draft_cookie import named
from handlers.intake.files_view import FilesView, files_view
from handlers.intake.revision_token import RevisionToken
from handlers.intake.typed_words import Line
from handlers.page import Page
from handlers.requests import first, services_of, translate_of, wants_fragment
from handlers.units.board_view import BoardView, board_view
from handlers.units.picker import PlaceView, called, place_view
from handlers.view.locale import locale_of
from handlers.view.models import Problem
from inbox.intake.drafts import Standing

REVIEW = "/beratta/granska"


class Showing(Struct, frozen=True, kw_only=True):
    """What is particular about showing a page this time. Without arguments: a page shown for the first time."""

    status: HTTPStatus = HTTPStatus.OK
    typed: Mapping[str, tuple[str, ...]] = {}
    errors: tuple[Problem, ...] = ()
    told: str = ""
    """What the person should know first: that the answers were changed in another window, for example."""
    said: tuple[Line, ...] = ()
    """What was said at a question that is not asked any more."""
    waiting: Mapping[str, tuple[str, ...]] = {}
    """What was chosen at this question when it was not asked."""
    urgent: bool = False
    """Whether what was just answered calls for help at once."""


FIRST = Showing()


class QuestionPage(Page, frozen=True, kw_only=True):
    """A question of the guided chat, of any kind."""

    template: ClassVar[str] = "intake/question.html"

    fragment: bool
    hello: str
    turns: tuple[Turn, ...]
    question: Question
    typed: Mapping[str, tuple[str, ...]]
    """Raw fields as they were sent; nothing when fresh."""
    errors: tuple[Problem, ...]
    help: bool
    """After two refused tries."""
    told: str
    """What to know first: that answers were changed in another window, for example."""
    said: tuple[Line, ...]
    """What was said at a question that is not asked any more."""
    emergency: EndingText | None
    saved_at: datetime | None
    back: str
    revision: str
    board: BoardView | None
    near: tuple[tuple[str, str], ...]
    """What a button answers with: what it sends, and its name."""
    place: PlaceView | None
    """At the question for a place alone."""
    files: FilesView | None
    """Where files are taken alone."""
    alarm: EndingText | None
    """Where a story is told: what is shown as soon as it calls for help."""
    heard: Understanding | None
    """Where the story is confirmed alone."""
    aside: tuple[tuple[str, str], ...]
    """What can be answered besides, if somebody wants to: a step, and what it asks."""
    receivers: Mapping[str, str]
    """Who it can be sent to, by name; nothing for who is not known yet."""


class WayOutPage(Page, frozen=True, kw_only=True):
    """Where to turn instead."""

    template: ClassVar[str] = "intake/way_out.html"

    fragment: bool
    hello: str
    turns: tuple[Turn, ...]
    way: WayOut
    told: str
    """What to know first: that answers were changed in another window, for example."""
    said: tuple[Line, ...]
    """What was said at a question that is not asked any more."""
    emergency: EndingText | None
    saved_at: datetime
    revision: str


def draw_question(request: web.Request, standing: Standing, step: Step, showing: Showing) -> web.Response:
    """A question with the talk before it."""
    services, draft, dialog = services_of(request), standing.draft, standing.dialog
    language, kind = services.language(request), kind_of(step)
    turns = turns_before(request, standing, step.id)
    asked = question(dialog, step, draft.answers, standing.facts, language)
    page = QuestionPage(
        fragment=wants_fragment(request),
        hello=words(dialog, language).hello,
        turns=turns,
        question=_with_title(request, standing, asked),
        typed=showing.typed or ({} if kind.picks_unit else showing.waiting),
        errors=showing.errors,
        told=showing.told,
        said=showing.said,
        help=draft.tries.get(step.id, 0) >= TRIES_BEFORE_HELP,
        emergency=words(dialog, language).emergency if showing.urgent else None,
        saved_at=draft.updated_at if draft.id else None,
        back=_back(standing, turns),
        revision=str(mark_for(request, standing)),
        board=board_view(standing.board, services, translate_of(request)),
        near=_near(request, standing, step),
        place=place_view(request, asked.value, first(showing.waiting, "unit")) if kind.picks_unit else None,
        files=files_view(standing, locale_of(request), services.attaching.allowance.draft)
        if any(kind_of(each).takes_files for each in asked_on(dialog, step))
        else None,
        alarm=words(dialog, language).emergency if kind.listens and not showing.urgent else None,
        heard=understanding(dialog, draft.answers, standing.facts, language, names_in(request, standing))
        if kind.confirms
        else None,
        aside=besides(standing, language) if kind.confirms else (),
        receivers=_receivers(request, standing),
    )
    return services.render(request, page, showing.status)


def draw_way_out(request: web.Request, standing: Standing, ending: Ending, showing: Showing) -> web.Response:
    """Where to turn instead."""
    services, dialog = services_of(request), standing.dialog
    language = services.language(request)
    page = WayOutPage(
        fragment=wants_fragment(request),
        hello=words(dialog, language).hello,
        turns=turns_before(request, standing, ""),
        way=way_out(dialog, ending, language),
        told=showing.told,
        said=showing.said,
        emergency=words(dialog, language).emergency if showing.urgent else None,
        saved_at=standing.draft.updated_at,
        revision=str(mark_for(request, standing)),
    )
    return services.render(request, page, showing.status)


def turns_before(request: web.Request, standing: Standing, step: str) -> tuple[Turn, ...]:
    """What has been answered before this step: all of it, if the step has not been answered."""
    language = services_of(request).language(request)
    turns = transcript(standing.dialog, standing.draft.answers, standing.facts, language, names_in(request, standing))
    ids = [turn.id for turn in turns]
    return turns[: ids.index(step)] if step in ids else turns


def besides(standing: Standing, language: str) -> tuple[tuple[str, str], ...]:
    """The questions that nobody was asked, and that can be answered all the same."""
    dialog, answers, facts = standing.dialog, standing.draft.answers, standing.facts
    known = known_from(dialog, answers, facts)
    aside = (step for step in walk(dialog, answers, facts).passed if step.aside and kind_of(step).asks)
    return tuple((step.id, step_text(dialog, step, language, known).question) for step in aside)


def names_in(request: web.Request, standing: Standing) -> dict[str, str]:
    """What the units and files in the answers are called, by id."""
    directory = services_of(request).directory
    units = {_place(standing), *(place.unit for place in _proposed_places(standing))}
    names = {file.id: file.name for file in standing.files}
    return names | {id: called(unit) for id in units if (unit := directory.find_now(id)) is not None}


def _proposed_places(standing: Standing) -> tuple[Place, ...]:
    rows = proposed(standing.dialog, standing.draft.answers, standing.facts)
    return tuple(one.value for each in rows for one in each.candidates if isinstance(one.value, Place))


def suggested_title(request: web.Request, standing: Standing) -> str:
    """The title that the case gets if the person gives none."""
    services, dialog = services_of(request), standing.dialog
    unit = services.directory.find_now(_place(standing))
    way = walk(dialog, standing.draft.answers, standing.facts)
    name = unit.name if unit else ""
    when, today = way.answers.get(dialog.case.when), standing.facts.today
    return suggest_title(dialog, way.picked, services.language(request), when, name, today)


def _near(request: web.Request, standing: Standing, step: Step) -> tuple[tuple[str, str], ...]:
    """Answers that are given by pressing a button: what it sends, and what stands on it."""
    translate, near = translate_of(request), kind_of(step).near(standing.facts.today)
    return tuple((sent, translate(name)) for sent, name in near.items())


def _receivers(request: web.Request, standing: Standing) -> dict[str, str]:
    unit = services_of(request).directory.find_now(_place(standing))
    return ({"unit": unit.name} if unit else {}) | ({"board": standing.board.name} if standing.board else {})


def _back(standing: Standing, turns: tuple[Turn, ...]) -> str:
    """Back without answering: where all is answered, to the review that one came from."""
    if walk(standing.dialog, standing.draft.answers, standing.facts).now is None:
        return REVIEW
    if turns:
        return f"/beratta/{turns[-1].id}#question"
    return f"/arende/{standing.draft.case_id}" if standing.draft.case_id else "/"


def mark_for(request: web.Request, standing: Standing) -> RevisionToken:
    """What a form says about the draft as it is shown."""
    draft = standing.draft
    if draft.id:
        return RevisionToken(draft=draft.id, revision=draft.revision)
    tries = sum(draft.tries.values())
    dialog = named(standing.dialog.id)
    return RevisionToken(once=services_of(request).new_id(), place=_place(standing), tries=tries, dialog=dialog)


def _place(standing: Standing) -> str:
    """The unit in the answers, if one was picked."""
    return next((value.unit for value in standing.draft.answers.values() if isinstance(value, Place)), "")


def _with_title(request: web.Request, standing: Standing, asked: Question) -> Question:
    """A suggestion stands in the field: it can be taken as it is."""
    beside = tuple(replace(each, question=_with_title(request, standing, each.question)) for each in asked.beside)
    step = standing.dialog.node(asked.id)
    if not isinstance(step, Step) or step.name != standing.dialog.case.title or isinstance(asked.value, Text):
        return replace(asked, beside=beside)
    return replace(asked, value=Text(suggested_title(request, standing)), beside=beside)
