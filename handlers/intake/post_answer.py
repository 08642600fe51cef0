"""An answer in the guided chat is kept at once, or shown again with what is wrong. Nothing that was typed is lost."""

from http import HTTPStatus

from aiohttp import web
from msgspec.structs import replace

from dialogs import engine
from dialogs.answers.forms import SKIP
from dialogs.danger.emergency import alarming
from dialogs.errors import Invalid, Refused
from dialogs.kinds import from_form, kind_of
from dialogs.schema.model import Ending, Step
from dialogs.schema.routing import asked_on
from handlers.intake.draft_cookie import Holder, holder_of, kept_by
from handlers.intake.draft_files import take_away
from handlers.intake.form_token import read_form
from handlers.intake.multipart import carries_files, read_with_files
from handlers.intake.navigation import BEGINNING, address_of, draw, node_in, reachable, shown_in
from handlers.intake.redisplay import Sent, not_taken, overtaken, standing_of, wrong
from handlers.intake.revision_token import RevisionToken, mark_if_any, mark_of
from handlers.intake.set_aside import without
from handlers.intake.typed_words import Fields
from handlers.intake.view import Showing
from handlers.limits import Act
from handlers.requests import BadCsrf, count, first, see_other, services_of, typed_in
from handlers.units.picker import own_words_first, stops_at
from handlers.view.models import Problem
from inbox.cases.errors import StaleRevision
from inbox.intake.drafts import Standing

GOES_ON = frozenset({"go_on", SKIP})
"""Buttons of the question about files that leave it; the others only add."""
HELPED = "helped"
"""Sent where help was shown, and counted, while the text was written."""
ADD_FILES, TAKE_AWAY = "add_files", "take_away"
"""Buttons of a page that takes files beside its question: it is shown again, with what is written there."""


async def answer(request: web.Request) -> web.Response:
    """`POST /beratta/<step>`: on to the next question; or the same one, with what is wrong."""
    holder = await holder_of(request)
    if carries_files(request):
        return await _with_files(request, holder)
    try:
        fields = await read_form(request, holder)
    except BadCsrf as refusal:
        fields = await typed_in(request)
        return await not_taken(request, holder, await _asked(request, holder, fields), fields, refusal)
    mark = mark_of(first(fields, "revision"))
    if not {ADD_FILES, TAKE_AWAY}.isdisjoint(fields):
        return await _with_other_files(
            request, holder.opening(mark.draft), await _asked(request, holder, fields), fields
        )
    return await keep(request, Sent(holder, await _asked(request, holder, fields), fields, mark))


async def keep(request: web.Request, sent: Sent) -> web.Response:
    """Keep the answer; on to where the answers lead."""
    drafts, node = services_of(request).drafts, sent.node
    try:
        await count(request, Act.ANSWER)
        standing = await standing_of(request, sent)
        fields = _meant(sent, standing)
        unit = stops_at(request, fields) if _asks_place(node) and node in reachable(standing) else None
        if unit is not None:
            return kept_by(request, sent.asker, see_other(f"{BEGINNING}/{node.id}?vald={unit.id}"))
        if not sent.mark.draft:
            sent = await _begun(request, sent, standing, fields)
        language = services_of(request).language(request)
        standing = await drafts.answer(
            sent.mark.draft, sent.holder.owner, node.id, fields, sent.mark.revision, language=language
        )
    except Invalid as problem:
        return await wrong(request, sent, problem)
    except StaleRevision as refusal:
        return await overtaken(request, sent, refusal)
    except Refused as refusal:
        return await not_taken(request, sent.asker, node, sent.fields, refusal)
    address = address_of(standing)
    if isinstance(node, Step) and _alarming(node, standing):
        if HELPED not in sent.fields:
            services_of(request).help_shown("guide")
        address += "?hjalp=1"
    return kept_by(request, without(sent.asker, node.id), see_other(address))


async def _begun(request: web.Request, sent: Sent, standing: Standing, fields: Fields) -> Sent:
    """The same with a draft to keep it in: the first answer begins one. Invalid before anything is kept."""
    answers, facts = standing.draft.answers, standing.facts
    raw = from_form(sent.node, fields) if isinstance(sent.node, Step) else {}
    engine.answer(standing.dialog, answers, sent.node.id, raw, facts)
    await count(request, Act.DRAFT)
    services, mark = services_of(request), sent.mark
    draft = await services.drafts.start(
        standing.dialog.id, services.language(request), sent.holder.owner, place=mark.place, once=mark.once
    )
    return replace(sent, mark=RevisionToken(draft=draft.id))


def _alarming(node: Step, standing: Standing) -> bool:
    """Whether anything on the page that was sent calls for help."""
    answers = standing.draft.answers
    return any(alarming(each, answers[each.id]) for each in asked_on(standing.dialog, node) if each.id in answers)


def _meant(sent: Sent, standing: Standing) -> Fields:
    """What the form means beside what it says: the place in words, and every file that hangs on the draft."""
    files = _files_step(standing, sent.node)
    if files is not None:
        prefix = "" if files.id == sent.node.id else f"{files.id}--"
        return {**sent.fields, f"{prefix}file": tuple(file.id for file in standing.files)}
    if _asks_place(sent.node):
        return own_words_first(sent.fields, standing.draft.answers.get(sent.node.id))
    return sent.fields


def _files_step(standing: Standing, node: Step | Ending) -> Step | None:
    """The question about files that is asked on this page."""
    if isinstance(node, Ending):
        return None
    return next((each for each in asked_on(standing.dialog, node) if kind_of(each).takes_files), None)


def _asks_place(node: Step | Ending) -> bool:
    return isinstance(node, Step) and kind_of(node).picks_unit


async def _asked(request: web.Request, holder: Holder, fields: Fields) -> Step | Ending:
    """The question that is answered: of the draft that the form is for, by whichever dialog that asks."""
    return node_in(request, await shown_in(request, holder, mark_if_any(fields)))


async def _with_files(request: web.Request, holder: Holder) -> web.Response:
    """A page that takes files: what was chosen is added, whichever button was pressed. Only some buttons go on."""
    received = await read_with_files(request, holder)
    node = await _asked(request, holder, received.fields)
    if received.refused:
        return await not_taken(request, holder, node, received.fields, received.refused, received.names)
    holder = holder.opening(received.mark.draft)
    if received.problems or not {ADD_FILES, TAKE_AWAY}.isdisjoint(received.fields):
        return await _with_other_files(request, holder, node, received.fields, received.problems)
    if isinstance(node, Step) and kind_of(node).takes_files and GOES_ON.isdisjoint(received.fields):
        return kept_by(request, holder, see_other(f"{BEGINNING}/{node.id}"))
    return await keep(request, Sent(holder, node, received.fields, received.mark))


async def _with_other_files(
    request: web.Request, holder: Holder, node: Step | Ending, fields: Fields, problems: tuple[Problem, ...] = ()
) -> web.Response:
    """The page again, with the files that hang on the draft now, what is wrong with others, and what is written."""
    drafts, gone, draft = (
        services_of(request).drafts,
        first(fields, TAKE_AWAY),
        mark_of(first(fields, "revision")).draft,
    )
    standing = await drafts.find(draft, holder.owner)
    step = _files_step(standing, node)
    if gone and step is not None:
        await take_away(request, holder, standing, step, gone)
        standing = await drafts.find(draft, holder.owner)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return kept_by(
        request, holder, draw(request, standing, node, Showing(status=status, typed=fields, errors=problems))
    )
