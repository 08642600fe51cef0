"""As what somebody is here: in their own matters, or at work for one employer. They choose, and change."""

from http import HTTPStatus
from typing import ClassVar
from urllib.parse import quote

from aiohttp import web
from msgspec import Struct

from dialogs.sentences import N_
from handlers.intake.draft_cookie import claim_drafts
from handlers.page import Page
from handlers.requests import first, read_form, services_of, sign_in_first, translate_of
from handlers.view.models import Problem
from inbox.people.roster import Known, Roster
from inbox.principals.principal import Capacity, Citizen, Employee
from inbox.storage.sessions import Session
from server.auth.next_url import local_path
from server.auth.sessions import Sessions
from server.auth.sign_in_page import home_of

PATH = "/byt-roll"
PRIVATE = "privat"
WORK = "arbete"
"""Beside the id of the employer."""


class Choice(Struct, frozen=True):
    """One to choose."""

    id: str
    name: str
    """The employer; empty: in their own matters."""
    now: bool
    """Whether somebody is here as that already."""


class ChoosePage(Page, frozen=True, kw_only=True):
    """As what to go on."""

    template: ClassVar[str] = "choose_role.html"

    staff: bool
    choices: tuple[Choice, ...]
    next: str
    errors: tuple[Problem, ...]


def capacities(known: Known, roster: Roster, sides: tuple[str, ...]) -> list[Capacity]:
    """Each that a person can be here as, of those that are vouched for; work first."""
    found: list[Capacity] = []
    if "staff" in sides and known.works:
        # Whoever has no role yet comes in as well, and is told so there.
        found += [Employee(of) for of in roster.employers(known)] or [Employee()]
    if "citizen" in sides and known.citizen:
        found.append(Citizen())
    return found


async def choices_of(request: web.Request, session: Session) -> list[Capacity]:
    """As what the person of a session can be here, with what was vouched for when it began."""
    identities = services_of(request).identities
    known = await identities.known_as(session.who.person) if session.who.person is not None else None
    return capacities(known, identities.roster, session.sides) if known else []


def choose_first(onward: str) -> str:
    """The page where one chooses, before going on."""
    return f"{PATH}?next={quote(onward)}"


class Capacities:
    """The page, and going over."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def routes(self) -> list[web.RouteDef]:
        """Choosing."""
        return [web.get(PATH, self.show), web.post(PATH, self.choose)]

    async def show(self, request: web.Request) -> web.Response:
        """What there is to choose between."""
        session, choices = await self._found(request)
        return _page(request, session, choices, local_path(request.query.get("next", "")))

    async def choose(self, request: web.Request) -> web.Response:
        """Go on as that, with a new session: the other side's pages open no more."""
        fields = await read_form(request)
        session, choices = await self._found(request)
        onward = local_path(first(fields, "next"))
        chosen = next((one for one in choices if _id_of(one) == first(fields, "role")), None)
        if chosen is None:
            problem = Problem("role", translate_of(request)(N_("Välj en av rollerna.")))
            return _page(request, session, choices, onward, (problem,), HTTPStatus.UNPROCESSABLE_ENTITY)
        answer = web.HTTPSeeOther(onward or home_of(staff=isinstance(chosen, Employee)))
        if chosen != session.who.capacity:
            await self._sessions.go_over(request, answer, chosen)
        if isinstance(chosen, Citizen):
            await claim_drafts(request, session.who.principal)
        raise answer

    async def _found(self, request: web.Request) -> tuple[Session, list[Capacity]]:
        session, _ = await self._sessions.proof(request)
        if session is None or session.who.person is None:
            raise web.HTTPSeeOther(sign_in_first(request))
        return session, await choices_of(request, session)


def _page(
    request: web.Request,
    session: Session,
    choices: list[Capacity],
    onward: str,
    errors: tuple[Problem, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> web.Response:
    shown = tuple(Choice(_id_of(one), _name_of(request, one), now=one == session.who.capacity) for one in choices)
    return services_of(request).render(
        request, ChoosePage(staff=session.at_work, choices=shown, next=onward, errors=errors), status
    )


def _id_of(capacity: Capacity) -> str:
    return f"{WORK}/{capacity.of}" if isinstance(capacity, Employee) else PRIVATE


def _name_of(request: web.Request, capacity: Capacity) -> str:
    """The employer's name, or that of the board's own desk."""
    if not isinstance(capacity, Employee):
        return ""
    directory = services_of(request).directory
    if capacity.of in directory.providers:
        return directory.providers[capacity.of].name
    unit = directory.find(capacity.of)
    return unit.name if unit else capacity.of
