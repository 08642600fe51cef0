"""The sign-in page: those who vouch for people, and where it is allowed the sample people to pick among."""

from http import HTTPStatus
from typing import ClassVar

from aiohttp import web
from msgspec import Struct

from handlers.page import Page
from handlers.requests import services_of, who
from handlers.view.models import Problem
from inbox.principals.principal import CodeHolder
from inbox.storage.people import Person
from server.auth.next_url import local_path
from server.auth.sample_people import AS_CITIZEN, allowed, sample_people

PRIVATELY = "Som privatperson, i egna ärenden"
"""What is said of them there. People who are made up are presented in Swedish."""


class PersonView(Struct, frozen=True):
    """Somebody to pick, as the page shows them."""

    id: str
    name: str
    about: str
    staff: bool


class ProviderView(Struct, frozen=True):
    """One that vouches for people."""

    id: str
    name: str
    staff: bool
    """Whether it is for people at work alone."""


PROVIDERS: web.AppKey[tuple[ProviderView, ...]] = web.AppKey("providers")


class SignInPage(Page, frozen=True, kw_only=True):
    """How one can sign in, and whom one may be."""

    template: ClassVar[str] = "sign_in.html"

    providers: tuple[ProviderView, ...]
    people: tuple[PersonView, ...]
    next: str
    """Where one was going."""
    errors: tuple[Problem, ...]
    problem: str
    """Why it did not go well; empty: nothing was tried."""


async def show(request: web.Request) -> web.Response:
    """`/logga-in`; somebody who is signed in already goes on."""
    onward = local_path(request.query.get("next", ""))
    signed_in = await who(request)
    if signed_in is not None and not isinstance(signed_in.identity.principal, CodeHolder):
        raise web.HTTPSeeOther(onward or home_of(staff=signed_in.identity.staff))
    return await sign_in_page(request, onward)


def home_of(*, staff: bool) -> str:
    """Where somebody lands who was going nowhere in particular."""
    return "/personal" if staff else "/hem"


async def sign_in_page(
    request: web.Request,
    onward: str,
    *,
    errors: tuple[Problem, ...] = (),
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> web.Response:
    """The page. Where there is no way to sign in there is no page either."""
    providers, people = request.app[PROVIDERS], await sample_people(request)
    if not providers and not allowed(request):
        raise web.HTTPNotFound
    page = SignInPage(
        providers=providers,
        people=_views(people),
        next=onward,
        errors=errors,
        problem=problem,
    )
    return services_of(request).render(request, page, status)


def _views(found: list[Person]) -> tuple[PersonView, ...]:
    at_work = (PersonView(one.id, one.name, one.presentation, staff=True) for one in found if one.staff)
    # Who works here and is known as a citizen too is there twice: one chooses whom to be.
    own = (
        PersonView(f"{one.id}/{AS_CITIZEN}", one.name, PRIVATELY, staff=False)
        if one.staff
        else PersonView(one.id, one.name, one.presentation, staff=False)
        for one in found
        if not one.staff or one.personal_number
    )
    return (*own, *at_work)
