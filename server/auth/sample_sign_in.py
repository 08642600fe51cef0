"""Sign-in by picking a sample person."""

from http import HTTPStatus

from aiohttp import web

from dialogs.sentences import N_
from handlers.intake.draft_cookie import claim_drafts
from handlers.limits import Act
from handlers.requests import first, read_form, services_of, translate_of
from handlers.services import Proven
from handlers.view.models import Problem
from inbox.principals.principal import Citizen, Employee, Individual, Who
from server.auth.next_url import local_path
from server.auth.sample_people import AS_CITIZEN, allowed, sample_people
from server.auth.sign_in_page import home_of, sign_in_page

PROVIDER = "sample"
_PICK = N_("Välj en påhittad person.")


async def pick(request: web.Request) -> web.Response:
    """Begin a session as the person who was picked, and go on to where they were going."""
    fields = await read_form(request)
    services_of(request).limits.check(Act.SIGN_IN, None, services_of(request).address(request))
    onward = local_path(first(fields, "next"))
    found = await sample_people(request)
    if not allowed(request):
        raise web.HTTPNotFound
    id, _, side = first(fields, "person").partition("/")
    known = await services_of(request).identities.known_as(id) if id in {one.id for one in found} else None
    at_work = known is not None and known.works and not (known.citizen and side == AS_CITIZEN)
    if known is None:
        services_of(request).security.refused("sign-in", None, "unknown_person")
        error = Problem("person", translate_of(request)(_PICK))
        return await sign_in_page(request, onward, errors=(error,), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    answer = web.HTTPSeeOther(onward or home_of(staff=at_work))
    who = Who(Individual(id), Employee() if at_work else Citizen())
    await services_of(request).sign_in(request, answer, Proven(who, PROVIDER, sides=("citizen", "staff")))
    if not at_work:
        await claim_drafts(request, who.principal)
    raise answer
