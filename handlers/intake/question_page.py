"""The guided chat: one question a screen. Which one comes follows from the answers."""

from aiohttp import web
from msgspec.structs import replace

from dialogs.danger.emergency import emergency
from dialogs.schema.model import Ending, Step
from dialogs.view import beginnings
from handlers.intake.draft_cookie import DIALOG, Holder, holder_of, kept_by, open_draft
from handlers.intake.form_token import read_form
from handlers.intake.navigation import BEGINNING, address_of, blank, draw, node_in, reachable
from handlers.intake.set_aside import waiting_for
from handlers.intake.view import Showing, mark_for
from handlers.limits import Act
from handlers.requests import count, first, see_other, services_of, sign_in_first
from handlers.view.conditional import is_shown, nothing_newer
from inbox.intake.drafts import Standing


async def begin(request: web.Request) -> web.Response:
    """`/beratta`: to where the answers lead. `?utkast=` opens a draft; `?ny=`, `?enhet=`, `?fragor=` begin one.

    `?fragor=` names the dialog; NoSuchDialog where nobody is asked by it.
    """
    holder = _asked_for(request, await holder_of(request))
    standing = await open_draft(request, holder)
    if standing is not None and standing.draft.case_id and "utkast" not in request.query:
        # What is asked within a case is gone on with from there: here somebody tells about something of its own.
        holder = holder.opening("")
        standing = await open_draft(request, holder)
    if standing is None and holder.draft and holder.person is None:
        # It became somebody's own when they signed in: only they open it.
        return see_other(sign_in_first(request))
    return kept_by(request, holder, see_other(_onward(request, holder, standing)))


async def show(request: web.Request) -> web.Response:
    """`/beratta/<step>`: the question, to answer it or to change the answer."""
    holder = await holder_of(request)
    standing = await open_draft(request, holder) or blank(request, holder)
    node = node_in(request, standing)
    if node not in reachable(standing):
        return see_other(address_of(standing) if standing.draft.id else BEGINNING)
    if standing.draft.id and is_shown(request, mark_for(request, standing)):
        return nothing_newer()
    begun = _begun(request, standing, node)
    waiting = waiting_for(holder, node.id)
    showing = Showing(urgent="hjalp" in request.query, waiting=waiting, typed={"text": (begun,)} if begun else {})
    return kept_by(request, holder, draw(request, standing, node, showing))


async def listen(request: web.Request) -> web.Response:
    """`POST /beratta/<step>/fara`: whether what is being written calls for help. Nothing of it is kept, or noted."""
    fields = await read_form(request, await holder_of(request))
    await count(request, Act.SEARCH)
    shown = emergency(first(fields, "text"))
    if shown:
        services_of(request).help_shown("guide")
    return web.json_response({"urgent": shown}, headers={"Cache-Control": "no-store"})


def _begun(request: web.Request, standing: Standing, node: Step | Ending) -> str:
    """`?borja=`: the first words of a text that somebody takes instead of thinking of their own."""
    if isinstance(node, Ending) or not (number := request.query.get("borja", "")).isdecimal():
        return ""
    offered = beginnings(
        standing.dialog, node, standing.draft.answers, standing.facts, services_of(request).language(request)
    )
    return offered[int(number[:3])].removesuffix("…") if int(number[:3]) < len(offered) else ""


def _asked_for(request: web.Request, holder: Holder) -> Holder:
    query = request.query
    if "utkast" in query:
        return holder.opening(query["utkast"][:64])
    services = services_of(request)
    if {"enhet", "fragor", "ny"} & query.keys():
        unit = services.directory.find_now(query.get("enhet", ""))
        return holder.beginning(unit.id if unit else "", query.get("fragor", DIALOG))
    # What the browser has kept may have been taken out of use since.
    return holder if services.dialogs.begins(holder.dialog) else replace(holder, dialog=DIALOG)


def _onward(request: web.Request, holder: Holder, standing: Standing | None) -> str:
    return address_of(standing or blank(request, holder))
