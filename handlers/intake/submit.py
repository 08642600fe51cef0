"""The end of the guided chat: the review, sending, and throwing the draft away."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar

from aiohttp import web
from msgspec.structs import replace

from dialogs import engine
from dialogs.errors import Refused
from dialogs.sentences import N_
from handlers.dispatch import dispatch
from handlers.errors import sentence_of, status_of
from handlers.intake.draft_cookie import Holder, claim_drafts, holder_of, kept_by, open_draft
from handlers.intake.navigation import BEGINNING, address_of, draw_here
from handlers.intake.review import draw_review
from handlers.intake.revision_token import mark_of
from handlers.intake.view import REVIEW, Showing
from handlers.page import Page
from handlers.parse import command_of
from handlers.requests import BadCsrf, first, language_of, read_form, see_other, services_of, translate_of, who
from inbox.cases.errors import Busy, NotKept, NotReady, StaleRevision
from inbox.cases.model import CaseId
from inbox.intake.drafts import Standing
from inbox.principals.principal import CodeHolder, Principal

AS_STAFF = N_("Du är inloggad som personal. Logga ut och logga in som dig själv, så kan du skicka.")
SIGN_IN = f"/logga-in?next={REVIEW}"


class RemovePage(Page, frozen=True, kw_only=True):
    """Whether a draft is really to be thrown away."""

    template: ClassVar[str] = "intake/remove.html"

    draft: str
    back: str
    saved_at: datetime


async def review(request: web.Request) -> web.Response:
    """`/beratta/granska`: everything before it is sent. Not before every question has its answer."""
    holder = await holder_of(request)
    standing = await open_draft(request, holder)
    if standing is None:
        return see_other(BEGINNING)
    if engine.advance(standing.dialog, standing.draft.answers, standing.facts) is not None:
        return see_other(address_of(standing))
    standing = await _in_words_seen(request, holder, standing)
    showing = Showing(urgent="hjalp" in request.query)
    signed_in = holder.person is not None
    return kept_by(request, holder, draw_review(request, standing, showing, signed_in=signed_in))


async def send(request: web.Request) -> web.Response:
    """`POST /beratta/skicka`: the draft becomes a case. Sent twice it is the same case."""
    holder = await holder_of(request)
    try:
        fields = await read_form(request)
        return await _send(request, holder, fields)
    except (BadCsrf, StaleRevision, NotReady, Busy, NotKept) as refusal:
        return await not_sent(
            request, holder, sentence_of(refusal, translate_of(request), language_of(request)), refusal
        )


async def confirm_removal(request: web.Request) -> web.Response:
    """`/beratta/ta-bort`: whether it is really to be thrown away."""
    holder = await holder_of(request)
    if "utkast" in request.query:
        holder = holder.opening(request.query["utkast"][:64])
    standing = await open_draft(request, holder)
    if standing is None:
        return see_other(_home(holder))
    page = RemovePage(draft=standing.draft.id, back=address_of(standing), saved_at=standing.draft.updated_at)
    return services_of(request).render(request, page)


async def remove(request: web.Request) -> web.Response:
    """`POST /beratta/ta-bort`: the draft and its files are gone."""
    holder = await holder_of(request)
    fields = await read_form(request)
    await services_of(request).drafts.discard(first(fields, "draft"), holder.owner)
    return kept_by(request, replace(holder, draft=""), see_other(f"{_home(holder)}?borttaget=1"))


async def _send(request: web.Request, holder: Holder, fields: Mapping[str, tuple[str, ...]]) -> web.Response:
    mark = mark_of(first(fields, "revision"))
    signed_in = await who(request)
    within = first(fields, "case")
    if signed_in is None or _holds_another(signed_in.identity.principal, within or mark.draft):
        return kept_by(request, holder.opening(mark.draft), see_other(SIGN_IN))
    if signed_in.identity.staff:
        return await not_sent(request, holder, translate_of(request)(AS_STAFF), None)
    await claim_drafts(request, signed_in.identity.principal)
    services, client_id = services_of(request), first(fields, "client_id")
    sending = command_of("submit_case", {"case": mark.draft, "client_id": client_id, "revision": mark.revision})
    if within:
        answers = {"request": first(fields, "request"), "draft": mark.draft, "revision": mark.revision}
        sending = command_of("answer_questions", {"case": within, "client_id": client_id, **answers})
    outcome = await dispatch(services, signed_in.identity, sending, services.language(request))
    onward = f"/arende/{within}" if within else f"/kvitto/{outcome.case.id}"
    return kept_by(request, holder.opening(""), see_other(onward))


async def not_sent(request: web.Request, holder: Holder, told: str, refusal: Refused | None) -> web.Response:
    """The review again, or the question that has no answer any more."""
    standing = await open_draft(request, holder)
    if standing is None:
        return see_other(BEGINNING)
    status = status_of(refusal) if refusal else HTTPStatus.CONFLICT
    return kept_by(request, holder, draw_here(request, holder, standing, Showing(status=status, told=told)))


async def _in_words_seen(request: web.Request, holder: Holder, standing: Standing) -> Standing:
    """What is sent holds the questions in the words that were read last."""
    services = services_of(request)
    language = services.language(request)
    if language == standing.draft.language:
        return standing
    await services.drafts.speak(standing.draft.id, holder.owner, language)
    return await services.drafts.find(standing.draft.id, holder.owner)


def _holds_another(principal: Principal, case: CaseId) -> bool:
    """Whether they are here by the code of another case: as such they send nothing new."""
    return isinstance(principal, CodeHolder) and principal.case != case


def _home(holder: Holder) -> str:
    return "/hem" if holder.person else "/"
