"""Who takes part in a case: turning to the board, taking a consent back, and who can read what."""

from collections.abc import Iterator
from typing import ClassVar

from aiohttp import web
from msgspec import Struct

from dialogs.sentences import N_
from handlers.citizen.openings import OpeningsView, openings_view
from handlers.page import Page
from handlers.requests import citizen, services_of
from handlers.thread.audiences import has_three_sides
from handlers.thread.consent_cards import ConsentCard, board_to_ask, own_card
from handlers.thread.form_state import FIRST, FormState, off_to
from handlers.thread.header import case_view
from handlers.thread.open_case import look_at
from handlers.thread.thread_page import thread_page
from handlers.thread.view_context import ViewContext, party_name
from handlers.view.models import CaseView, Problem, Side
from inbox.actions.sharing import joined_in, standing_agreement
from inbox.cases import events as e
from inbox.cases.model import Agreed, Party, PartyKind


class JoinedView(Struct, frozen=True):
    """An authority that takes part by her consent."""

    party: str
    name: str
    side: Side
    text: tuple[str, ...]
    """The sentences to which she said yes."""


class AgreedView(Struct, frozen=True):
    """What she agreed to when filing, and nothing is shared by yet."""

    id: str
    unit: str
    text: tuple[str, ...]


class ReaderView(Struct, frozen=True):
    """Somebody in the case, and what they can read."""

    name: str
    side: Side
    reads: tuple[str, ...]
    reads_not: tuple[str, ...]


class BoardPage(Page, frozen=True, kw_only=True):
    """Whether the board may read."""

    template: ClassVar[str] = "citizen/board.html"

    case: CaseView
    card: ConsentCard
    client_id: str
    errors: tuple[Problem, ...]


class ConsentsPage(Page, frozen=True, kw_only=True):
    """Whom she has let in."""

    template: ClassVar[str] = "citizen/consents.html"

    case: CaseView
    joined: tuple[JoinedView, ...]
    agreed: AgreedView | None
    client_id: str
    errors: tuple[Problem, ...]


class ReadersPage(Page, frozen=True, kw_only=True):
    """Who can read what, and who has opened the case."""

    template: ClassVar[str] = "citizen/readers.html"

    case: CaseView
    people: tuple[ReaderView, ...]
    openings: OpeningsView


async def get_board(request: web.Request) -> web.Response:
    """The question whether the board may read."""
    return board_page(request, await look_at(request, await citizen(request)), FIRST)


def board_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The same, with what was ticked; when there is no board to turn to, off to the thread."""
    board = board_to_ask(look) if "give_consent" in look.thread.may else None
    if board is None:
        raise off_to(look.url, again)
    services = services_of(request)
    page = BoardPage(
        case=case_view(look),
        card=own_card(look, board, again.typed or None),
        client_id=again.client_id(services.new_id()),
        errors=again.errors,
        notice=again.notice,
    )
    return services.render(request, page, again.status)


def consent_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The page that a consent was given on: the thread for a card in it, else the question about the board."""
    if again.text("request", "give_consent"):
        return thread_page(request, look, again)
    return board_page(request, look, again)


async def get_consents(request: web.Request) -> web.Response:
    """Whom she has let in, and what it means to take that back."""
    return consents_page(request, await look_at(request, await citizen(request)), FIRST)


def consents_page(request: web.Request, look: ViewContext, again: FormState) -> web.Response:
    """The same; when nobody is there by consent, off to the thread."""
    joined, agreed = joined_in(look.case), standing_agreement(look.case)
    if not (joined or agreed) or "withdraw_consent" not in look.thread.may:
        raise off_to(look.url, again)
    services = services_of(request)
    page = ConsentsPage(
        case=case_view(look),
        joined=tuple(_joined(party, look) for party in joined),
        agreed=_promised(agreed, look) if agreed else None,
        client_id=again.client_id(services.new_id()),
        errors=again.errors,
        notice=again.notice,
    )
    return services.render(request, page, again.status)


def _joined(party: Party, look: ViewContext) -> JoinedView:
    return JoinedView(party.id, party_name(party.id, look), _side(party), _agreed(party, look))


def _promised(agreed: Agreed, look: ViewContext) -> AgreedView:
    texts = (
        each.event.text
        for each in look.thread.entries
        if each.id == agreed.id and isinstance(each.event, e.SharingAgreed)
    )
    return AgreedView(agreed.id, look.locale.unit(agreed.unit), tuple(next(texts, "").splitlines()))


def _agreed(party: Party, look: ViewContext) -> tuple[str, ...]:
    """The words of the consent by which the party joined: it stands right before what was shared."""
    text = ""
    for entry in look.thread.entries:
        if isinstance(entry.event, e.ConsentGiven | e.SharingAgreed):
            text = entry.event.text
        if isinstance(entry.event, e.CaseShared) and entry.event.party == party.id:
            return tuple(text.splitlines())
    return ()


async def get_readers(request: web.Request) -> web.Response:
    """Who can read what, in plain words."""
    identity = await citizen(request)
    look = await look_at(request, identity)
    parties = [party for party in look.case.parties if party.kind is not PartyKind.PATIENT]
    services = services_of(request)
    page = ReadersPage(
        case=case_view(look),
        people=tuple(_reader(party, look) for party in parties),
        openings=openings_view(await services.reading.openings(look.case.id, identity), look.locale),
    )
    return services.render(request, page)


def _reader(party: Party, look: ViewContext) -> ReaderView:
    reads, lacks = tuple(_reads(party, look)), tuple(_lacks(party, look))
    name = look.locale.t(N_("Du")) if party.id == look.actor.party else party_name(party.id, look)
    return ReaderView(name, _side(party), reads, lacks)


def _reads(party: Party, look: ViewContext) -> Iterator[str]:
    say, three = look.locale.t, has_three_sides(look)
    if party.left is not None:
        yield say(N_("Är inte med längre. De läser inget nytt sedan {day}."), day=look.locale.day(party.left))
        return
    if party.id == look.actor.party:
        yield say(N_("Du läser allt som skrivs till alla."))
        if three:
            yield say(N_("Du läser det som nämnden skriver bara till dig."))
        return
    shared = _shared(party, look)
    yield from _given(shared, look) if shared else [say(N_("De läser allt du skickade in."))]
    yield say(N_("De läser allt som skrivs till alla i ärendet."))
    if three and party.kind is PartyKind.BOARD:
        yield say(N_("De läser det som du skriver bara till nämnden."))
    yield say(N_("Den som arbetar med ärenden där kan läsa."))


def _lacks(party: Party, look: ViewContext) -> Iterator[str]:
    say, three = look.locale.t, has_three_sides(look)
    if party.left is not None:
        return
    if party.id == look.actor.party:
        yield say(N_("Egna anteckningar hos vården och hos nämnden."))
        if three:
            yield say(N_("Det som vården och nämnden skriver bara till varandra."))
    elif party.kind is PartyKind.BOARD:
        yield say(N_("Vårdens egna anteckningar."))
    elif three:
        yield say(N_("Det som du och nämnden skriver bara till varandra."))


def _given(shared: e.CaseShared, look: ViewContext) -> Iterator[str]:
    """What was shared when they joined."""
    say = look.locale.t
    if shared.knows_answers:
        yield say(N_("De har fått din berättelse och dina svar."))
    for file in shared.files:
        yield say(N_("De har fått filen {name}."), name=file.name)
    if shared.message_count:
        yield say(N_("De har fått meddelanden från tiden innan de kom med."))


def _shared(party: Party, look: ViewContext) -> e.CaseShared | None:
    for entry in look.thread.entries:
        if isinstance(entry.event, e.CaseShared) and entry.event.party == party.id:
            return entry.event
    return None


def _side(party: Party) -> Side:
    return {PartyKind.BOARD: "board", PartyKind.PROVIDER: "care"}.get(party.kind, "reporter")  # type: ignore[return-value]
