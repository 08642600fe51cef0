"""Sign-in by picking a sample person: for trying things out, where no real person's case can be.

Where the service listens tells who reaches it, but for a proxy on the same machine: what comes through one may come
from anywhere, whatever host it says it is for.
"""

from typing import ClassVar

from aiohttp import HttpVersion11, web
from msgspec import Struct

from dialogs.sentences import N_
from handlers.intake.draft_cookie import claim_drafts
from handlers.limits import Act
from handlers.page import Page
from handlers.requests import first, read_form, services_of, translate_of, who
from handlers.services import Proven
from handlers.view.models import Problem
from inbox.principals.principal import Citizen, CodeHolder, Employee, Individual, Who
from inbox.storage import people
from inbox.storage.people import Person
from server.auth.next_url import local_path

PASSED_ON = ("x-forwarded", "forwarded", "via", "x-real-ip", "x-client-ip", "x-original-", "cf-", "true-client-ip")
"""What the names of headers begin with that proxies write."""

PROVIDER = "sample"
AS_CITIZEN = "privat"
"""Beside the id of somebody who works here: in their own matters."""
PRIVATELY = "Som privatperson, i egna ärenden"
"""What is said of them there. People who are made up are presented in Swedish."""
_PICK = N_("Välj en påhittad person.")


class PersonView(Struct, frozen=True):
    """Somebody to pick, as the page shows them."""

    id: str
    name: str
    about: str
    staff: bool


class SignInPage(Page, frozen=True, kw_only=True):
    """Whom one may be."""

    template: ClassVar[str] = "sign_in.html"

    people: tuple[PersonView, ...]
    next: str
    """Where one was going."""
    errors: tuple[Problem, ...]


async def show(request: web.Request) -> web.Response:
    """The people to pick among; somebody who is signed in already goes on."""
    onward = local_path(request.query.get("next", ""))
    signed_in = await who(request)
    if signed_in is not None and not isinstance(signed_in.identity.principal, CodeHolder):
        raise web.HTTPSeeOther(onward or home_of(staff=signed_in.identity.staff))
    return _page(request, await _sample_people(request), onward, ())


async def pick(request: web.Request) -> web.Response:
    """Begin a session as the person who was picked, and go on to where they were going."""
    fields = await read_form(request)
    services_of(request).limits.check(Act.SIGN_IN, None, services_of(request).address(request))
    onward = local_path(first(fields, "next"))
    found = await _sample_people(request)
    id, _, side = first(fields, "person").partition("/")
    known = await services_of(request).identities.known_as(id) if id in {one.id for one in found} else None
    at_work = known is not None and known.works and not (known.citizen and side == AS_CITIZEN)
    if known is None:
        services_of(request).security.refused("sign-in", None, "unknown_person")
        error = Problem("person", translate_of(request)(_PICK))
        return _page(request, found, onward, (error,), status=422)
    answer = web.HTTPSeeOther(onward or home_of(staff=at_work))
    who = Who(Individual(id), Employee() if at_work else Citizen())
    await services_of(request).sign_in(request, answer, Proven(who, PROVIDER))
    if not at_work:
        await claim_drafts(request, who.principal)
    raise answer


def was_passed_on(request: web.Request) -> bool:
    """Whether a request came through a proxy: it says so, or speaks as only proxies still do."""
    # No browser has sent HTTP/1.0 for twenty years; nginx does, with no header of its own, unless it is told otherwise.
    if request.version < HttpVersion11:
        return True
    return any(name.casefold().startswith(PASSED_ON) for name in request.headers)


def home_of(*, staff: bool) -> str:
    """Where somebody lands who was going nowhere in particular."""
    return "/personal" if staff else "/hem"


async def _sample_people(request: web.Request) -> list[Person]:
    """Those one may be; nothing is here where picking is not allowed."""
    services = services_of(request)
    if not services.place.sample_sign_in:
        raise web.HTTPNotFound
    if was_passed_on(request) and not services.place.sample_proxied:
        services.security.refused("sign-in", None, "through_a_proxy")
        raise web.HTTPNotFound
    async with services.store.reading() as connection:
        return await people.sample_people(connection)


def _page(
    request: web.Request, found: list[Person], onward: str, errors: tuple[Problem, ...], status: int = 200
) -> web.Response:
    at_work = [PersonView(one.id, one.name, one.presentation, staff=True) for one in found if one.staff]
    # Who works here and is known as a citizen too is there twice: one chooses whom to be.
    own = [
        PersonView(f"{one.id}/{AS_CITIZEN}", one.name, PRIVATELY, staff=False)
        if one.staff
        else PersonView(one.id, one.name, one.presentation, staff=False)
        for one in found
        if not one.staff or one.personal_number
    ]
    shown = (*own, *at_work)
    return services_of(request).render(request, SignInPage(people=shown, next=onward, errors=errors), status)
