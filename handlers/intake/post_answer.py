"""An answer in the guided chat is kept at once, or shown again with what is wrong. Nothing that was typed is lost."""

from http import HTTPStatus

from aiohttp import web
from msgspec.structs import replace

from dialogs.answers.forms import SKIP
from dialogs.danger.emergency import alarming
from dialogs.errors import Invalid, Refused
from dialogs.schema.model import Kind, Step
from handlers.intake.draft_cookie import DIALOG, Holder, holder_of, kept_by, open_draft
from handlers.intake.form_token import read_form
from handlers.intake.multipart import carries_files, read_with_files
from handlers.intake.navigation import BEGINNING, address_of, blank, draw, node_in
from handlers.intake.redisplay import Sent, not_taken, overtaken, wrong
from handlers.intake.revision_token import RevisionToken, mark_of
from handlers.intake.typed_words import Fields
from handlers.intake.view import Showing
from handlers.limits import Act
from handlers.requests import BadCsrf, count, first, see_other, services_of, typed_in
from handlers.units.picker import own_words_first, stops_at
from inbox.cases.errors import StaleRevision

GOES_ON = frozenset({"go_on", SKIP})
"""Buttons of the question about files that leave it; the others only add."""


async def answer(request: web.Request) -> web.Response:
    """`POST /beratta/<step>`: on to the next question; or the same one, with what is wrong."""
    holder = await holder_of(request)
    node = node_in(request, await open_draft(request, holder) or blank(request, holder))
    if carries_files(request) and isinstance(node, Step) and node.kind is Kind.FILES:
        return await _with_files(request, holder, node)
    try:
        fields = await read_form(request, holder)
    except BadCsrf as refusal:
        return await not_taken(request, holder, node, await typed_in(request), refusal)
    unit = stops_at(request, fields) if isinstance(node, Step) and node.kind is Kind.PLACE else None
    if unit is not None:
        return see_other(f"{BEGINNING}/{node.id}?vald={unit.id}")
    return await keep(request, Sent(holder, node, fields, mark_of(first(fields, "revision"))))


async def keep(request: web.Request, sent: Sent) -> web.Response:
    """Keep the answer; on to where the answers lead."""
    drafts, node = services_of(request).drafts, sent.node
    try:
        await count(request, Act.ANSWER)
        sent = await _begun(request, sent)
        fields = await _meant(request, sent)
        standing = await drafts.answer(sent.mark.draft, sent.holder.owner, node.id, fields, sent.mark.revision)
    except Invalid as problem:
        return await wrong(request, sent, problem)
    except StaleRevision as refusal:
        return await overtaken(request, sent, refusal)
    except Refused as refusal:
        # What was to begin something new is shown there again, and not as an answer of the draft that is open.
        holder = sent.holder if sent.mark.draft else sent.holder.beginning(sent.mark.place)
        return await not_taken(request, holder, node, sent.fields, refusal)
    address = address_of(standing)
    if isinstance(node, Step) and alarming(node, standing.draft.answers[node.id]):
        services_of(request).help_shown("guide")
        address += "?hjalp=1"
    return kept_by(request, sent.holder, see_other(address))


async def _begun(request: web.Request, sent: Sent) -> Sent:
    """The same with a draft to keep it in: the first answer begins one."""
    mark, holder, services = sent.mark, sent.holder, services_of(request)
    if not mark.draft:
        await count(request, Act.DRAFT)
        draft = await services.drafts.start(
            DIALOG, services.language(request), holder.owner, place=mark.place, once=mark.once
        )
        mark = RevisionToken(draft=draft.id)
    return replace(sent, mark=mark, holder=holder.opening(mark.draft))


async def _meant(request: web.Request, sent: Sent) -> Fields:
    """What the form means beside what it says: the place in words, and every file that hangs on the draft."""
    node = sent.node
    if not isinstance(node, Step) or node.kind not in {Kind.PLACE, Kind.FILES}:
        return sent.fields
    standing = await services_of(request).drafts.find(sent.mark.draft, sent.holder.owner)
    if node.kind is Kind.FILES:
        return {**sent.fields, "file": tuple(file.id for file in standing.files)}
    return own_words_first(sent.fields, standing.draft.answers.get(node.id))


async def _with_files(request: web.Request, holder: Holder, node: Step) -> web.Response:
    """The question about files: what was chosen is added, whichever button was pressed. Only some buttons go on."""
    received = await read_with_files(request, holder)
    if received.refused:
        return await not_taken(request, holder, node, received.fields, received.refused, received.names)
    holder = holder.opening(received.mark.draft)
    if received.problems:
        standing = await services_of(request).drafts.find(received.mark.draft, holder.owner)
        showing = Showing(status=HTTPStatus.UNPROCESSABLE_ENTITY, errors=received.problems)
        return kept_by(request, holder, draw(request, standing, node, showing))
    if GOES_ON.isdisjoint(received.fields):
        return kept_by(request, holder, see_other(f"{BEGINNING}/{node.id}"))
    return await keep(request, Sent(holder, node, received.fields, received.mark))
