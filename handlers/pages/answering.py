"""An answer in the guided chat is kept at once, or shown again with what is wrong. Nothing that was typed is lost."""

from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace

from dialogs import engine
from dialogs.emergency import alarming
from dialogs.errors import Invalid
from dialogs.forms import SKIP, from_form, names_of
from dialogs.model import Ending, Kind, Step
from handlers.errors import sentence_of, status_of
from handlers.pages.chat import Showing
from handlers.pages.drafting import DIALOG, Holder, holder_of, kept_by, open_draft
from handlers.pages.marks import Mark, mark_of
from handlers.pages.picker import own_words_first, stops_at
from handlers.pages.shapes import Problem
from handlers.pages.uploads import carries_files, read_with_files
from handlers.pages.whereabouts import BEGINNING, address_of, blank, draw, draw_here, node_in, reachable
from handlers.requests import BadCsrf, first, read_form, see_other, services_of, translate_of, typed_in
from handlers.words import N_
from inbox.drafts import Standing
from inbox.errors import NoSuchDraft, Refused, StaleRevision

Fields = Mapping[str, tuple[str, ...]]

GOES_ON = frozenset({"go_on", SKIP})
"""Buttons of the question about files that leave it; the others only add."""
STILL_THERE = N_("Det du skrev står kvar. Läs igenom och tryck på knappen igen.")


class Sent(Struct, frozen=True):
    """An answer on its way: whose, to which question, what it says, and what the draft was like when it was asked."""

    holder: Holder
    node: Step | Ending
    fields: Fields
    mark: Mark


async def answer(request: web.Request) -> web.Response:
    """`POST /beratta/<step>`: on to the next question; or the same one, with what is wrong."""
    holder = await holder_of(request)
    node = node_in(request, blank(request, holder))
    if carries_files(request) and isinstance(node, Step) and node.kind is Kind.FILES:
        return await _with_files(request, holder, node)
    try:
        fields = await read_form(request)
    except BadCsrf as refusal:
        return await _not_taken(request, holder, node, await typed_in(request), refusal)
    unit = stops_at(request, fields) if isinstance(node, Step) and node.kind is Kind.PLACE else None
    if unit is not None:
        return see_other(f"{BEGINNING}/{node.id}?vald={unit.id}")
    return await keep(request, Sent(holder, node, fields, mark_of(first(fields, "revision"))))


async def keep(request: web.Request, sent: Sent) -> web.Response:
    """Keep the answer; on to where the answers lead."""
    drafts, node = services_of(request).drafts, sent.node
    try:
        sent = await _begun(request, sent)
        fields = await _meant(request, sent)
        standing = await drafts.answer(sent.mark.draft, sent.holder.owner, node.id, fields, sent.mark.revision)
    except Invalid as problem:
        return await _wrong(request, sent, problem)
    except StaleRevision as refusal:
        return await _overtaken(request, sent, refusal)
    except Refused as refusal:
        return await _not_taken(request, sent.holder, node, sent.fields, refusal)
    address = address_of(standing)
    if isinstance(node, Step) and alarming(node, standing.draft.answers[node.id]):
        address += "?hjalp=1"
    return kept_by(request, sent.holder, see_other(address))


async def _begun(request: web.Request, sent: Sent) -> Sent:
    """The same with a draft to keep it in: the first answer begins one."""
    mark, holder, services = sent.mark, sent.holder, services_of(request)
    if not mark.draft:
        draft = await services.drafts.start(
            DIALOG, services.language(request), holder.owner, place=mark.place, once=mark.once
        )
        mark = Mark(draft=draft.id)
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
    holder = holder.opening(received.mark.draft)
    if received.problems:
        standing = await services_of(request).drafts.find(received.mark.draft, holder.owner)
        showing = Showing(status=HTTPStatus.UNPROCESSABLE_ENTITY, errors=received.problems)
        return kept_by(request, holder, draw(request, standing, node, showing))
    if GOES_ON.isdisjoint(received.fields):
        return kept_by(request, holder, see_other(f"{BEGINNING}/{node.id}"))
    return await keep(request, Sent(holder, node, received.fields, received.mark))


async def _wrong(request: web.Request, sent: Sent, problem: Invalid) -> web.Response:
    """The question again with what is wrong; or, if it is not asked any more, the one that is."""
    standing = await services_of(request).drafts.find(sent.mark.draft, sent.holder.owner)
    text = translate_of(request)(problem.sentence).format(**problem.params)
    if problem.code == "not_on_path" or sent.node not in reachable(standing):
        showing = Showing(status=HTTPStatus.CONFLICT, told=text)
        return kept_by(request, sent.holder, draw_here(request, sent.holder, standing, showing))
    showing = Showing(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        typed=_typed(sent.node, sent.fields),
        errors=(Problem(problem.field, text),),
    )
    return kept_by(request, sent.holder, draw(request, standing, sent.node, showing))


async def _overtaken(request: web.Request, sent: Sent, refusal: Refused) -> web.Response:
    """Another window was first. If it said the same, as when a button is pressed twice, all is well."""
    standing = await services_of(request).drafts.find(sent.mark.draft, sent.holder.owner)
    if _said_already(standing, sent):
        return kept_by(request, sent.holder, see_other(address_of(standing)))
    return kept_by(request, sent.holder, _again(request, sent.holder, standing, sent.node, sent.fields, refusal))


async def _not_taken(
    request: web.Request, holder: Holder, node: Step | Ending, fields: Fields, refusal: Refused
) -> web.Response:
    """The question with what was typed; or, if the draft cannot be opened, the text alone, so that it can be copied."""
    standing = None if isinstance(refusal, NoSuchDraft) else await open_draft(request, holder)
    if standing is None and not holder.draft and not isinstance(refusal, NoSuchDraft):
        standing = blank(request, holder)
    if standing is not None:
        return kept_by(request, holder, _again(request, holder, standing, node, fields, refusal))
    return services_of(request).render(
        request,
        "intake/kept.html",
        status=status_of(refusal),
        fragment=False,
        text=sentence_of(refusal, translate_of(request)),
        signed_in=holder.person is not None,
        typed=_text(node, fields),
    )


def _again(
    request: web.Request, holder: Holder, standing: Standing, node: Step | Ending, fields: Fields, refusal: Refused
) -> web.Response:
    translate = translate_of(request)
    told = f"{sentence_of(refusal, translate)} {translate(STILL_THERE)}"
    showing = Showing(status=status_of(refusal), told=told, typed=_typed(node, fields))
    if node in reachable(standing):
        return draw(request, standing, node, showing)
    return draw_here(request, holder, standing, replace(showing, typed={}))


def _said_already(standing: Standing, sent: Sent) -> bool:
    node, answers = sent.node, standing.draft.answers
    raw = from_form(node, sent.fields) if isinstance(node, Step) else {}
    try:
        return engine.answer(standing.dialog, answers, node.id, raw, standing.facts) == answers
    except Invalid:
        return isinstance(node, Ending) and node.id in answers


def _typed(node: Step | Ending, fields: Fields) -> Fields:
    """What was typed, by field. A field that was left empty stays so, and does not fall back on an earlier answer."""
    if isinstance(node, Ending):
        return {}
    empty: dict[str, tuple[str, ...]] = {"choice": (), "unit": ()}
    return {name: tuple(fields.get(name, ())) or empty.get(name, ("",)) for name in names_of(node.kind)}


def _text(node: Step | Ending, fields: Fields) -> str:
    """What was written in words, for copying."""
    if isinstance(node, Ending) or node.kind not in {Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.PLACE}:
        return ""
    return "".join(fields.get("text", ())[:1]).strip()
