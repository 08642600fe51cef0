"""Sending without saying who one is: what that means, the code that opens the case afterwards, and that it is saved."""

from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import ClassVar

from aiohttp import web

from dialogs import engine
from dialogs.sentences import N_
from handlers.dispatch import dispatch
from handlers.errors import sentence_of
from handlers.intake.draft_cookie import Holder, holder_of, kept_by, open_draft
from handlers.intake.navigation import BEGINNING, address_of
from handlers.intake.revision_token import mark_of
from handlers.intake.submit import AS_STAFF, not_sent
from handlers.intake.view import REVIEW, mark_for
from handlers.limits import Act, TooOften
from handlers.page import Page
from handlers.parse import command_of
from handlers.requests import (
    BadCsrf,
    count_known,
    first,
    language_of,
    read_form,
    see_other,
    services_of,
    translate_of,
    who,
)
from handlers.services import Proven
from handlers.view.models import Problem
from inbox.cases.errors import Busy, NoSuchDraft, NotKept, NotReady, StaleRevision
from inbox.cases.model import CaseId, Identity
from inbox.intake.drafts import Standing, hashed
from inbox.principals.principal import CodeHolder, Who
from inbox.principals.receipt_code import code_of, last_group

PROVIDER = "code"
NOT_SAVED = N_("Det är inte de fyra sista tecknen i koden. Spara koden först, och skriv av dem här.")


class UnnamedPage(Page, frozen=True, kw_only=True):
    """What it means, and the code."""

    template: ClassVar[str] = "intake/unnamed.html"

    code: str
    """In groups, as people read it."""
    revision: str
    client_id: str
    typed: str
    """What was typed of it."""
    errors: tuple[Problem, ...]


async def show(request: web.Request) -> web.Response:
    """`/beratta/kod`: before it is sent. Not before every question has its answer."""
    holder = await holder_of(request)
    standing = await _ready(request, holder)
    if isinstance(standing, web.Response):
        return standing
    return kept_by(request, holder, _draw(request, holder, standing))


async def download(request: web.Request) -> web.Response:
    """`/beratta/kod.txt`: the code and nothing else that tells what it is for."""
    holder = await holder_of(request)
    standing = await _ready(request, holder)
    if isinstance(standing, web.Response):
        return standing
    text = _code(request, holder, standing.draft.id) + "\n"
    name = {"Content-Disposition": 'attachment; filename="kod.txt"', "Cache-Control": "no-store"}
    return kept_by(request, holder, web.Response(text=text, content_type="text/plain", headers=name))


async def send(request: web.Request) -> web.Response:
    """`POST /beratta/kod`: the draft becomes a case of whoever holds the code. Sent twice it is the same case."""
    holder = await holder_of(request)
    try:
        fields = await read_form(request)
        count_known(request, Act.ANSWER)
        return await _send(request, holder, fields)
    except (BadCsrf, StaleRevision, NotReady, Busy, NotKept, TooOften) as refusal:
        told = sentence_of(refusal, translate_of(request), language_of(request))
        return await not_sent(request, holder, told, refusal)


async def _send(request: web.Request, holder: Holder, fields: Mapping[str, tuple[str, ...]]) -> web.Response:
    mark, signed_in = mark_of(first(fields, "revision")), await who(request)
    if signed_in is not None and signed_in.identity.staff:
        return await not_sent(request, holder, translate_of(request)(AS_STAFF), None)
    holder = holder.opening(mark.draft)
    code = _code(request, holder, mark.draft)
    typed = first(fields, "last")
    if await _open(request, holder, mark.draft) is None:
        # Sent already: whoever types now may be somebody else at the same computer, who guesses.
        count_known(request, Act.CODE)
    if not _is_last(typed, code):
        standing = await _ready(request, holder)
        if isinstance(standing, web.Response):
            return standing
        problem = Problem("last", translate_of(request)(NOT_SAVED))
        return kept_by(request, holder, _draw(request, holder, standing, typed, (problem,)))
    case, proven = await _sent(request, holder, fields, code)
    answer = see_other(f"/kvitto/{case}")
    await services_of(request).sign_in(request, answer, proven)
    return kept_by(request, holder.opening(""), answer)


async def _sent(
    request: web.Request, holder: Holder, fields: Mapping[str, tuple[str, ...]], code: str
) -> tuple[CaseId, Proven]:
    services, mark = services_of(request), mark_of(first(fields, "revision"))
    try:
        principal = await services.codes.give(mark.draft, hashed(holder.key), code)
    except NoSuchDraft:
        # Sent already, from another window or with an answer that never arrived: by the same code it is found.
        found = await services.codes.find_new(code)
        if found is None or found.case != mark.draft:
            raise
        return found.case, _proven(found)
    sending = command_of(
        "submit_case", {"case": mark.draft, "client_id": first(fields, "client_id"), "revision": mark.revision}
    )
    outcome = await dispatch(services, Identity(Who(principal), ""), sending, services.language(request))
    return outcome.case.id, _proven(principal)


async def _open(request: web.Request, holder: Holder, draft: CaseId) -> Standing | None:
    """That draft, while it is not sent."""
    try:
        return await services_of(request).drafts.find(draft, holder.owner)
    except NoSuchDraft:
        return None


async def _ready(request: web.Request, holder: Holder) -> Standing | web.Response:
    """The draft, whole and nobody's yet; else the way to where it stands."""
    standing = await open_draft(request, holder)
    if standing is None:
        return see_other(BEGINNING)
    if standing.draft.person_id is not None:
        # Whoever has signed in is the one who sends it.
        return see_other(REVIEW)
    if engine.advance(standing.dialog, standing.draft.answers, standing.facts) is not None:
        return see_other(address_of(standing))
    return standing


def _draw(
    request: web.Request, holder: Holder, standing: Standing, typed: str = "", errors: tuple[Problem, ...] = ()
) -> web.Response:
    services = services_of(request)
    page = UnnamedPage(
        code=_code(request, holder, standing.draft.id),
        revision=str(mark_for(request, standing)),
        client_id=services.new_id(),
        typed=typed,
        errors=errors,
    )
    return services.render(request, page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)


def _code(request: web.Request, holder: Holder, draft: CaseId) -> str:
    """The draft's code: it follows from what this browser alone knows, the same in all its windows."""
    known = services_of(request).token_for(f"code:{draft}:{holder.key}")
    return code_of(sha256(known.encode()).digest())


def _is_last(typed: str, code: str) -> bool:
    return "".join(typed.split()).upper().removeprefix("-") in {last_group(code), code, code.replace("-", "")}


def _proven(principal: CodeHolder) -> Proven:
    return Proven(Who(principal), PROVIDER)
