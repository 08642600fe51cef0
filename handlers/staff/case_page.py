"""A case on the desk: queue, thread and facts. Those who only distribute see which case, never what it says."""

from collections.abc import Mapping
from typing import ClassVar

from aiohttp import web
from msgspec.structs import replace

from dialogs.sentences import N_
from handlers.requests import services_of, staff, wants_fragment
from handlers.staff.case_facts import FactsView, facts_view
from handlers.staff.case_header import (
    Act,
    Colleague,
    DeskCan,
    DeskCase,
    DialogChoice,
    acts_of,
    blind_case,
    can_of,
    desk_case,
    dialogs_of,
)
from handlers.staff.propose_sharing import with_board
from handlers.staff.queue import QueuePage, Show, asked_for, queue_view, what_was_done
from handlers.staff.statements import AskedView, GivenView, asked_of, given_to
from handlers.staff.waits import Later, later_at, later_of
from handlers.thread.audiences import AudienceChoice, choices
from handlers.thread.entries_view import rows_of
from handlers.thread.form_state import FIRST, FormState
from handlers.thread.header import people_in, readers_for_staff
from handlers.thread.open_case import register_entry, registration_in, registration_of
from handlers.thread.paging import Around, around, opened
from handlers.thread.view_context import ViewContext, reporter_name
from handlers.view.form_specs import FORMS
from handlers.view.locale import locale_of
from handlers.view.models import FileView, Problem, Reader, Row
from inbox.cases.errors import NotYours
from inbox.cases.model import OPEN, Identity, PersonId, Registration
from inbox.cases.permissions import allowed, later


class RegisterEntryPage(QueuePage, frozen=True, kw_only=True):
    """A case beside the queue, for those who only distribute: which case it is, never what it says."""

    template: ClassVar[str] = "staff/register_entry.html"

    case: DeskCase
    colleagues: tuple[Colleague, ...]
    can: DeskCan
    later: Later
    client_id: str
    visa: str
    """The list to go on in, as in the address; empty: none was chosen."""
    errors: tuple[Problem, ...]


class CasePage(RegisterEntryPage, frozen=True, kw_only=True):
    """A case beside the queue, with its thread and its facts."""

    template: ClassVar[str] = "staff/case.html"

    entries: tuple[Row, ...]
    """Those that are shown."""
    around: Around
    """Where the newest is elsewhere, nothing can be written."""
    facts: FactsView
    people: tuple[Reader, ...]
    readers: str
    """A sentence: who can read the reply."""
    reporter: str
    """The first name, or "Anmälaren"."""
    acts: tuple[Act, ...]
    """What else can be done that needs no more than a text."""
    dialogs: tuple[DialogChoice, ...]
    """By what the reporter can be asked, question by question."""
    audiences: tuple[AudienceChoice, ...]
    """Empty where there is only everyone."""
    asked: tuple[AskedView, ...]
    """Statements that are owed."""
    given: tuple[GivenView, ...]
    """Statements to show to the reporter, or not."""
    note_client_id: str
    typed: Mapping[str, str]
    """By the field's id on the page."""
    attached: tuple[FileView, ...]
    """Files that have arrived but are not sent: sent again as `attached`."""


async def get_desk(request: web.Request) -> web.Response:
    """The case, opened; for the page's script only the parts that follow from where it stands."""
    identity = await staff(request)
    return await desk_page(request, identity, FIRST)


async def desk_page(request: web.Request, identity: Identity, again: FormState) -> web.Response:
    """The same, with what was typed in its forms if that was not taken."""
    try:
        look = await opened(request, identity)
    except NotYours:
        return await _distributor_page(request, identity, again)
    page = await _case_page(request, identity, look, again)
    if again is FIRST:
        notice, onward = what_was_done(request, page.queue)
        page = replace(page, notice=notice, onward=onward)
    return services_of(request).render(request, page, again.status)


async def _case_page(request: web.Request, identity: Identity, look: ViewContext, again: FormState) -> CasePage:
    registration, (client_id, note_client_id) = registration_of(look.thread), _client_ids(request, again)
    return CasePage(
        notice=again.notice,
        fragment=wants_fragment(request),
        queue=await queue_view(request, identity, _show(request, registration, identity), look.case.id),
        case=desk_case(look),
        entries=rows_of(look),
        around=around(request, look),
        facts=facts_view(look, services_of(request).dialogs),
        people=people_in(look),
        colleagues=_others(look.thread.colleagues, registration),
        readers=readers_for_staff(look),
        reporter=reporter_name(look),
        can=with_board(can_of(look.thread.may, registration), look),
        later=later_at(look),
        acts=acts_of(look.thread.may, look.locale),
        dialogs=dialogs_of(look, services_of(request).dialogs),
        audiences=choices(look, again),
        asked=asked_of(look),
        given=given_to(look),
        client_id=client_id,
        note_client_id=note_client_id,
        visa=asked_for(request) or "",
        typed=FORMS[again.tag].on_page(again.typed) if again.tag else {},
        attached=again.attached,
        errors=again.errors,
    )


def _client_ids(request: web.Request, again: FormState) -> tuple[str, str]:
    """Those of the page's forms and of its note: what was sent keeps its own."""
    new_id = services_of(request).new_id
    own = again.client_id(new_id())
    return (new_id(), own) if again.tag == "write_note" else (own, new_id())


def _others(colleagues: Mapping[PersonId, str], registration: Registration) -> tuple[Colleague, ...]:
    return tuple(Colleague(id, name) for id, name in colleagues.items() if id != registration.handler)


def _show(request: web.Request, registration: Registration, identity: Identity) -> Show:
    """The list that the person came from, else the one that has the case."""
    if wish := asked_for(request):
        return wish
    if registration.state not in OPEN:
        return "klara"
    return "mina" if registration.handler == identity.person else "alla"


async def _distributor_page(request: web.Request, identity: Identity, again: FormState) -> web.Response:
    services, locale = services_of(request), locale_of(request)
    case, actor = await register_entry(request, identity)
    registration = registration_in(case, actor.registration)
    colleagues = await services.identities.colleagues(registration.owner)
    client_id, _ = _client_ids(request, again)
    page = RegisterEntryPage(
        notice=again.notice,
        fragment=wants_fragment(request),
        queue=await queue_view(request, identity, _show(request, registration, identity), case.id),
        case=blind_case(case, registration, colleagues, locale),
        colleagues=_others(colleagues, registration),
        can=can_of(allowed(case, actor), registration),
        later=later_of(later(case, actor), registration, locale.t(N_("anmälaren")), locale),
        client_id=client_id,
        visa=asked_for(request) or "",
        errors=again.errors,
    )
    return services.render(request, page, again.status)
