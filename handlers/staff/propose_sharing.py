"""Asking the reporter whether somebody else may read: for the care a board, for a board the unit that it is about."""

from typing import ClassVar

from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace

from dialogs.sentences import N_
from handlers.page import Page
from handlers.requests import services_of, staff
from handlers.staff.case_header import DeskCan, DeskCase, desk_case
from handlers.staff.queue import asked_for
from handlers.thread.consent_cards import everything, parts_ticked, spoken
from handlers.thread.form_state import FIRST, FormState, off_to
from handlers.thread.manifest import file_view
from handlers.thread.open_case import look_at, registration_of
from handlers.thread.view_context import ViewContext, reporter_name, signed
from handlers.units.choices import UnitView
from handlers.view.locale import SWEDEN
from handlers.view.models import FileView, Problem
from inbox.actions.audience import of_kind
from inbox.actions.joining import to_ask
from inbox.actions.sharing import EVERY, standing_agreement
from inbox.cases.commands import Parts
from inbox.cases.model import PartyKind, State
from inbox.cases.views import Entry
from inbox.directory.model import Unit

START = 60
"""How much of a message is shown where one is picked."""


class Ticked(Struct, frozen=True):
    """A file that can be shared."""

    file: FileView
    checked: bool


class Since(Struct, frozen=True):
    """From where on messages are shared."""

    value: str
    label: str
    chosen: bool


class Proposal(Struct, frozen=True, kw_only=True):
    """What would be shared."""

    answers: bool
    files: tuple[Ticked, ...]
    since: tuple[Since, ...]
    reason: str


class ProposalPage(Page, frozen=True, kw_only=True):
    """Asking the reporter whether somebody else may read."""

    template: ClassVar[str] = "staff/propose.html"

    case: DeskCase
    unit: UnitView
    """Who would read."""
    proposal: Proposal
    agreed: bool
    """Whether she said yes to it when filing."""
    reporter: str
    client_id: str
    visa: str
    """The list to go on in; empty: none was chosen."""
    errors: tuple[Problem, ...]


async def get_proposal(request: web.Request) -> web.Response:
    """Who, what, and why."""
    return proposal_page(request, await look_at(request, await staff(request)), FIRST)


def proposal_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The same, with what was typed; when nobody can be asked for, off to the case."""
    unit = _asked_in(look)
    if unit is None or not proposes(look):
        raise off_to(look.url, again)
    services = services_of(request)
    page = ProposalPage(
        case=desk_case(look),
        unit=UnitView(unit.id, unit.name, ""),
        proposal=_proposal(look, again),
        agreed=standing_agreement(look.case) is not None and look.side == "board",
        reporter=reporter_name(look),
        client_id=again.client_id(services.new_id()),
        visa=asked_for(request) or "",
        errors=again.errors,
        notice=again.notice,
    )
    return services.render(request, page, again.status)


def proposes(look: ViewContext) -> bool:
    """Whether there is somebody to ask for."""
    return "propose_sharing" in look.thread.may and _asked_in(look) is not None


def with_board(can: DeskCan, look: ViewContext) -> DeskCan:
    """What can be done, with what is between the care and a board."""
    registration, may = registration_of(look.thread), look.thread.may
    return replace(
        can,
        propose=proposes(look),
        ask_statement="ask_statement" in may and bool(of_kind(look.case, PartyKind.PROVIDER)),
        # Who the case was filed with answers it; it cannot leave.
        leave="leave_case" in may
        and registration.state is not State.RECEIVED
        and registration.id != look.case.registrations[0].id,
    )


def _asked_in(look: ViewContext) -> Unit | None:
    """For the care the board of the place, for a board the unit that the case is about."""
    asker = PartyKind.BOARD if look.side == "board" else PartyKind.PROVIDER
    return to_ask(look.case, asker, look.locale.directory)


def _proposal(look: ViewContext, again: FormState) -> Proposal:
    entries = look.thread.entries
    offered = everything(entries)
    ticked = parts_ticked(again.typed) if again.tag == "propose_sharing" else _most(look, offered)
    known = {file.id: file for entry in entries for file in getattr(entry.event, "files", ())}
    return Proposal(
        answers=ticked.answers,
        files=tuple(Ticked(file_view(known[id], look.url), id in ticked.files) for id in offered.files),
        since=_since(look, ticked.since),
        reason=again.text("reason", "propose_sharing"),
    )


def _most(look: ViewContext, offered: Parts) -> Parts:
    """What the form begins with: everything, or just what she agreed to when filing."""
    agreed = standing_agreement(look.case) if look.side == "board" else None
    return Parts(answers=True, files=agreed.files) if agreed else offered


def _since(look: ViewContext, chosen: str) -> tuple[Since, ...]:
    say, said = look.locale.t, spoken(look.thread.entries)
    if not said:
        return ()
    ends = (Since(EVERY, say(N_("Alla hittills")), chosen == EVERY), Since("", say(N_("Inga")), not chosen))
    return ends + tuple(Since(entry.id, _from(entry, look), chosen == entry.id) for entry in said[1:])


def _from(entry: Entry, look: ViewContext) -> str:
    """`Från 12 november 15.40, Anna Lindqvist: Strax efter åtta …`."""
    at, text = entry.at.astimezone(SWEDEN), getattr(entry.event, "text", "")
    author, _ = signed(entry, look)
    short = text if len(text) <= START else f"{text[:START].rstrip()} …"
    return look.locale.t(
        N_("Från {day} {clock}, {author}: {text}"),
        day=look.locale.day(at),
        clock=f"{at:%H.%M}",
        author=author,
        text=short,
    )
